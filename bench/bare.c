/*
 * bare MNT FILE...: a FUSE file system that hands out the bytes of some files and does nothing else, so that a measurement
 * tells what the kernel alone costs on this machine. FILE number N is MNT/cached/N, through the page cache, which keeps its
 * pages from one open to the next, and MNT/direct/N, by direct I/O. It ends when it is unmounted. As root; no library, one
 * system call for a request and one or three for an answer; answers of 64 KiB and more are spliced.
 *
 * The protocol is that of linux/fuse.h (FUSE_KERNEL_VERSION 7).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fuse.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
  REQUEST_MAX = 960 * 1024,
  MESSAGE_MAX = REQUEST_MAX + 4096,
  SPLICED_MIN = 64 * 1024,
  PIPE_BYTES = 1024 * 1024,
  THREADS = 3,
  CACHED = 2,
  DIRECT = 3,
  FIRST_FILE = 1 << 10,
  PAGE = 4096,
};

static int device, files;
static struct file { int fd; off_t size; } *file;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int is_directory(uint64_t node) { return node < FIRST_FILE; }
/* Nodes of files: FIRST_FILE * (1 + number) + the directory they are in. */
static uint64_t node_of(uint64_t directory, int number) { return FIRST_FILE * (1ull + number) + directory; }
static struct file *file_of(uint64_t node) { return &file[node / FIRST_FILE - 1]; }

static void send_answer(uint64_t unique, int error, const void *body, size_t length) {
  struct fuse_out_header head = {.len = sizeof head + length, .error = error, .unique = unique};
  struct iovec parts[] = {{&head, sizeof head}, {(void *)body, length}};
  if (writev(device, parts, length ? 2 : 1) < 0 && errno != ENOENT)
    fail("answer");
}

static struct fuse_attr attributes(uint64_t node) {
  struct fuse_attr attr = {.ino = node, .nlink = 1, .blksize = 128 * 1024};
  attr.mode = is_directory(node) ? S_IFDIR | 0755 : S_IFREG | 0644;
  attr.size = is_directory(node) ? 0 : file_of(node)->size;
  return attr;
}

static uint64_t find(uint64_t parent, const char *name) {
  if (parent == FUSE_ROOT_ID)
    return !strcmp(name, "cached") ? CACHED : !strcmp(name, "direct") ? DIRECT : 0;
  char *end;
  long number = strtol(name, &end, 10);
  return *end || number < 0 || number >= files ? 0 : node_of(parent, number);
}

static void read_ahead(void) {
  struct stat root;
  char path[PATH_MAX];
  if (stat("/proc/self/cwd", &root) < 0)
    fail("stat");
  snprintf(path, sizeof path, "/sys/class/bdi/%u:%u/read_ahead_kb", major(root.st_dev), minor(root.st_dev));
  FILE *out = fopen(path, "w");
  if (!out || fprintf(out, "%d", REQUEST_MAX / 1024) < 0 || fclose(out))
    fail(path);
}

static void initialize(uint64_t unique, const struct fuse_init_in *in) {
  struct fuse_init_out out = {
      .major = FUSE_KERNEL_VERSION,
      .minor = FUSE_KERNEL_MINOR_VERSION,
      .max_readahead = in->max_readahead > REQUEST_MAX ? in->max_readahead : REQUEST_MAX,
      .flags = in->flags & (FUSE_ASYNC_READ | FUSE_MAX_PAGES | FUSE_PARALLEL_DIROPS | FUSE_BIG_WRITES),
      .max_write = REQUEST_MAX,
      .max_pages = REQUEST_MAX / PAGE,
      .max_background = 16,
      .congestion_threshold = 12,
  };
  send_answer(unique, 0, &out, sizeof out);
}

struct worker { char *message, *copy; int pipe[2]; };

static size_t there(uint64_t node, const struct fuse_read_in *in) {
  off_t left = file_of(node)->size - (off_t)in->offset;
  return left <= 0 ? 0 : left < in->size ? left : in->size;
}

static void answer_spliced(struct worker *self, uint64_t unique, int fd, off_t offset, size_t length) {
  struct fuse_out_header head = {.len = sizeof head + length, .unique = unique};
  if (write(self->pipe[1], &head, sizeof head) != sizeof head)
    fail("pipe");
  for (size_t left = length; left;) {
    ssize_t moved = splice(fd, &offset, self->pipe[1], NULL, left, 0);
    if (moved <= 0)
      fail("splice");
    left -= moved;
  }
  if (splice(self->pipe[0], NULL, device, NULL, head.len, 0) != head.len)
    fail("splice to the device");
}

static void answer_read(struct worker *self, uint64_t unique, uint64_t node, const struct fuse_read_in *in) {
  size_t length = there(node, in);
  int fd = file_of(node)->fd;
  if (length >= SPLICED_MIN) {
    answer_spliced(self, unique, fd, in->offset, length);
    return;
  }
  if (pread(fd, self->copy, length, in->offset) != (ssize_t)length)
    fail("pread");
  send_answer(unique, 0, self->copy, length);
}

static void answer_lookup(uint64_t unique, uint64_t parent, const char *name) {
  uint64_t node = find(parent, name);
  struct fuse_entry_out out = {.nodeid = node, .entry_valid = 3600, .attr_valid = 3600, .attr = attributes(node)};
  send_answer(unique, node ? 0 : -ENOENT, &out, node ? sizeof out : 0);
}

static void answer(struct worker *self) {
  const struct fuse_in_header *in = (void *)self->message;
  const void *body = in + 1;
  struct fuse_attr_out attr;
  struct fuse_open_out opened;
  switch (in->opcode) {
    case FUSE_INIT: initialize(in->unique, body); break;
    case FUSE_LOOKUP: answer_lookup(in->unique, in->nodeid, body); break;
    case FUSE_GETATTR:
      attr = (struct fuse_attr_out){.attr_valid = 3600, .attr = attributes(in->nodeid)};
      send_answer(in->unique, 0, &attr, sizeof attr);
      break;
    case FUSE_OPEN:
      opened = (struct fuse_open_out){.open_flags = in->nodeid % FIRST_FILE == DIRECT ? FOPEN_DIRECT_IO : FOPEN_KEEP_CACHE};
      send_answer(in->unique, 0, &opened, sizeof opened);
      break;
    case FUSE_READ: answer_read(self, in->unique, in->nodeid, body); break;
    case FUSE_FLUSH:
    case FUSE_RELEASE: send_answer(in->unique, 0, NULL, 0); break;
    case FUSE_FORGET:
    case FUSE_BATCH_FORGET:
    case FUSE_INTERRUPT: break;
    default: send_answer(in->unique, -ENOSYS, NULL, 0);
  }
}

static void *serve(void *unused) {
  struct worker self = {.message = malloc(MESSAGE_MAX), .copy = malloc(SPLICED_MIN)};
  if (pipe(self.pipe) < 0 || fcntl(self.pipe[1], F_SETPIPE_SZ, PIPE_BYTES) < 0)
    fail("pipe");
  for (;;) {
    ssize_t got = read(device, self.message, MESSAGE_MAX);
    if (got >= 0)
      answer(&self);
    else if (errno == ENODEV)
      exit(0);
    else if (errno != EINTR && errno != ENOENT && errno != EAGAIN)
      fail("request");
  }
  return unused;
}

/* As the daemon does while readers catch up: idle processors stay awake. */
static void stay_awake(void) {
  int zero = 0, latency = open("/dev/cpu_dma_latency", O_WRONLY);
  if (latency < 0 || write(latency, &zero, sizeof zero) < 0)
    perror("/dev/cpu_dma_latency");
}

int main(int count, char **arguments) {
  if (count < 3) {
    fprintf(stderr, "usage: bare MNT FILE...\n");
    return 1;
  }
  files = count - 2;
  file = calloc(files, sizeof *file);
  for (int i = 0; i < files; i++) {
    struct stat status;
    file[i].fd = open(arguments[i + 2], O_RDONLY);
    if (file[i].fd < 0 || fstat(file[i].fd, &status) < 0)
      fail(arguments[i + 2]);
    file[i].size = status.st_size;
  }
  device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
  char options[128];
  snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0", device);
  if (device < 0 || mount("bare", arguments[1], "fuse.bare", MS_NOSUID | MS_NODEV | MS_RDONLY, options) < 0)
    fail("mount");
  stay_awake();
  pthread_t thread;
  for (int i = 0; i < THREADS; i++)
    pthread_create(&thread, NULL, serve, NULL);
  if (chdir(arguments[1]) < 0)
    fail("chdir");
  read_ahead();
  if (chdir("/") < 0)
    fail("chdir");
  puts("ready");
  fflush(stdout);
  pause();
  return 0;
}
