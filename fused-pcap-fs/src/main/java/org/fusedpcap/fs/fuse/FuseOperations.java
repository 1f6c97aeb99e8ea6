package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import jnr.ffi.Pointer;
import jnr.ffi.Struct;
import jnr.ffi.types.gid_t;
import jnr.ffi.types.mode_t;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.uid_t;
import org.fusedpcap.fs.linux.User;
import org.fusedpcap.fs.stream.RangeStream;
import org.fusedpcap.fs.stream.ReadResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ru.serce.jnrfuse.FuseFillDir;
import ru.serce.jnrfuse.FuseStubFS;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.FuseFileInfo;
import ru.serce.jnrfuse.struct.FusePollhandle;
import ru.serce.jnrfuse.struct.Statvfs;
import ru.serce.jnrfuse.struct.Timespec;

/**
 * The callbacks of libfuse: each translates, delegates, and turns whatever goes wrong into an error
 * number. A throwable that left one would be taken for success.
 */
final class FuseOperations extends FuseStubFS {

    private static final Logger LOG = LoggerFactory.getLogger(FuseOperations.class);

    private static final int POLL_READABLE = 0x41; // POLLIN | POLLRDNORM
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int STAT_BLOCK = 512;
    private static final int LONGEST_NAME = 255;

    private final PcapFileSystem fileSystem;
    private final HandleTable handles = new HandleTable();
    private final PollNotifier polls = new PollNotifier();
    private final Waiting waiting;
    private final StreamReads reads;

    FuseOperations(PcapFileSystem fileSystem, Waiting waiting) {
        this.fileSystem = fileSystem;
        this.waiting = waiting;
        this.reads = new StreamReads(waiting);
    }

    /** What a callback does; its result is what libfuse gets. */
    @FunctionalInterface
    private interface Operation {
        int run() throws FuseException, IOException;
    }

    private static int answer(String what, Operation operation) {
        try {
            return operation.run();
        } catch (FuseException e) {
            return e.errno().result();
        } catch (IOException e) {
            Errno errno = Errno.of(e);
            if (errno == Errno.EIO) {
                LOG.error("{}: {}", what, e.getMessage());
            }
            return errno.result();
        } catch (InvalidPathException e) {
            // A name that cannot be written in the JVM's locale: no file that we have shown.
            return Errno.ENOENT.result();
        } catch (Throwable e) {
            LOG.error("{} failed", what, e);
            return Errno.EIO.result();
        }
    }

    /** What answers short reads beside these callbacks. */
    QuickReads quickReads(int device) {
        return new QuickReads(handles, device);
    }

    /** The table of callbacks, as fuse_setup takes it. */
    Pointer table() {
        return Struct.getMemory(fuseOperations);
    }

    /** Its length, in bytes. */
    long tableLength() {
        return Struct.size(fuseOperations);
    }

    @Override
    public int getattr(String path, FileStat stat) {
        return answer("getattr " + path, () -> fill(stat, attributes(path)));
    }

    private Attributes attributes(String path) throws FuseException, IOException {
        try {
            return fileSystem.attributes(path);
        } catch (FuseException | NoSuchFileException e) {
            // The ring has deleted the file, but who has it open still asks for its attributes.
            Optional<OpenHandle> open =
                    SessionThread.current().request().isLookup()
                            ? Optional.empty()
                            : handles.openedBy(path);
            if (open.isPresent()) {
                return open.get().attributes();
            }
            throw e;
        }
    }

    private static int fill(FileStat stat, Attributes attributes) {
        stat.st_mode.set(attributes.mode());
        stat.st_nlink.set(attributes.isDirectory() ? 2 : 1);
        stat.st_uid.set(attributes.uid());
        stat.st_gid.set(attributes.gid());
        stat.st_size.set(attributes.size());
        stat.st_blksize.set(Attributes.BLOCK_SIZE);
        stat.st_blocks.set((attributes.size() + STAT_BLOCK - 1) / STAT_BLOCK);
        setTime(stat.st_mtim, attributes.modifiedNs());
        setTime(stat.st_ctim, attributes.modifiedNs());
        setTime(stat.st_atim, attributes.modifiedNs());
        return 0;
    }

    private static void setTime(Timespec time, long ns) {
        time.tv_sec.set(Math.floorDiv(ns, NANOS_PER_SECOND));
        time.tv_nsec.set(Math.floorMod(ns, NANOS_PER_SECOND));
    }

    @Override
    public int fgetattr(String path, FileStat stat, FuseFileInfo info) {
        return answer("fgetattr", () -> fill(stat, attributesAtEnd(find(new FileInfo(info)))));
    }

    /**
     * A reader has come to the end that it knows. Of a stream that grows, it waits here for there
     * to be more.
     */
    private Attributes attributesAtEnd(OpenHandle handle) throws FuseException, IOException {
        if (!(handle instanceof StreamHandle stream)) {
            return handle.attributes();
        }
        if (stream.isGrowing()) {
            return stream.opened().withSize(reads.awaitMore(stream));
        }
        if (stream.isCachedRange()
                && stream.stream() instanceof RangeStream range
                && range.failure().isPresent()) {
            return stream.opened().withSize(stream.sizeAtFailure(range));
        }
        return fileSystem.attributes(stream);
    }

    private OpenHandle find(FileInfo info) throws FuseException {
        return handles.find(info.handle()).orElseThrow(() -> new FuseException(Errno.EIO));
    }

    @Override
    public int readlink(String path, Pointer buffer, @size_t long size) {
        return answer(
                "readlink " + path,
                () -> {
                    byte[] target = fileSystem.readLink(path).getBytes(StandardCharsets.UTF_8);
                    int length = (int) Math.min(target.length, size - 1);
                    buffer.put(0, target, 0, length);
                    buffer.putByte(length, (byte) 0);
                    return 0;
                });
    }

    @Override
    public int opendir(String path, FuseFileInfo info) {
        return answer(
                "opendir " + path,
                () -> {
                    Attributes attributes = fileSystem.attributes(path);
                    new FileInfo(info)
                            .setHandle(handles.add(new DirectoryHandle(path, attributes)));
                    return 0;
                });
    }

    @Override
    public int readdir(
            String path,
            Pointer buffer,
            FuseFillDir filler,
            @off_t long offset,
            FuseFileInfo info) {
        return answer(
                "readdir",
                () -> {
                    filler.apply(buffer, ".", null, 0);
                    filler.apply(buffer, "..", null, 0);
                    for (String name : fileSystem.list(find(new FileInfo(info)).path())) {
                        filler.apply(buffer, name, null, 0);
                    }
                    return 0;
                });
    }

    @Override
    public int releasedir(String path, FuseFileInfo info) {
        return release(path, info);
    }

    @Override
    public int open(String path, FuseFileInfo info) {
        return answer(
                "open " + path,
                () -> {
                    FileInfo file = new FileInfo(info);
                    Request request = SessionThread.current().request();
                    User user = CallerProcess.userOf(request);
                    Opener opener = new Opener(request.pid(), user, file.isNonBlocking());
                    return opened(file, fileSystem.open(path, file.isForWriting(), opener));
                });
    }

    @Override
    public int create(String path, @mode_t long mode, FuseFileInfo info) {
        return answer("create " + path, () -> opened(new FileInfo(info), fileSystem.create(path)));
    }

    private int opened(FileInfo file, OpenHandle handle) {
        file.setHandle(handles.add(handle));
        file.setCaching(handle instanceof StreamHandle stream ? stream.caching() : Caching.NONE);
        return 0;
    }

    @Override
    public int read_buf(
            String path, Pointer reply, @size_t long size, @off_t long offset, FuseFileInfo info) {
        return answer(
                "read",
                () -> {
                    FileInfo file = new FileInfo(info);
                    reply.putPointer(0, read(find(file), (int) size, offset, file.isNonBlocking()));
                    return 0;
                });
    }

    private static void willBeGiven(ReadResult.Data data) {
        SessionThread thread = SessionThread.current();
        thread.give(data.length());
        thread.afterReply(data::release);
    }

    private Pointer read(OpenHandle handle, int size, long offset, boolean nonBlocking)
            throws FuseException, IOException {
        if (handle instanceof StreamHandle stream) {
            Optional<ReadResult.Data> data = reads.read(stream, offset, size, nonBlocking);
            data.ifPresent(FuseOperations::willBeGiven);
            return data.map(bytes -> ReplyVector.of(bytes.pieces())).orElseGet(ReplyVector::empty);
        }
        if (handle instanceof ControlHandle control) {
            return ReplyVector.of(control.content(), offset, size);
        }
        throw new FuseException(Errno.EINVAL);
    }

    @Override
    public int write(
            String path, Pointer bytes, @size_t long size, @off_t long offset, FuseFileInfo info) {
        return answer(
                "write",
                () -> {
                    if (!(find(new FileInfo(info)) instanceof ControlHandle control)) {
                        throw new FuseException(Errno.EROFS);
                    }
                    byte[] line = new byte[(int) size];
                    bytes.get(0, line, 0, line.length);
                    fileSystem.write(control, line);
                    return line.length;
                });
    }

    @Override
    public int release(String path, FuseFileInfo info) {
        return answer(
                "release",
                () -> {
                    long number = new FileInfo(info).handle();
                    handles.find(number).ifPresent(polls::forget);
                    handles.close(number);
                    return 0;
                });
    }

    @Override
    public int poll(String path, FuseFileInfo info, FusePollhandle pollHandle, Pointer events) {
        return answer(
                "poll",
                () -> {
                    OpenHandle handle = find(new FileInfo(info));
                    boolean waits = handle instanceof StreamHandle stream && stream.wouldWait();
                    events.putInt(0, waits ? 0 : POLL_READABLE);
                    Pointer asked = pollHandle == null ? null : Struct.getMemory(pollHandle);
                    if (asked != null && asked.address() != 0) {
                        polls.register(handle, asked);
                    }
                    return 0;
                });
    }

    @Override
    public int truncate(String path, @off_t long size) {
        return answer(
                "truncate " + path,
                () -> {
                    fileSystem.requireTruncatable(path);
                    return 0;
                });
    }

    @Override
    public int ftruncate(String path, @off_t long size, FuseFileInfo info) {
        return answer(
                "truncate",
                () -> find(new FileInfo(info)) instanceof ControlHandle ? 0 : Errno.EROFS.result());
    }

    @Override
    public int unlink(String path) {
        return answer(
                "unlink " + path,
                () -> {
                    fileSystem.remove(path);
                    return 0;
                });
    }

    @Override
    public int statfs(String path, Statvfs result) {
        return answer(
                "statfs",
                () -> {
                    FileStore store = Files.getFileStore(fileSystem.source());
                    long block = Attributes.BLOCK_SIZE;
                    result.f_bsize.set(block);
                    result.f_frsize.set(block);
                    result.f_blocks.set(store.getTotalSpace() / block);
                    result.f_bfree.set(store.getUnallocatedSpace() / block);
                    result.f_bavail.set(store.getUsableSpace() / block);
                    result.f_namemax.set(LONGEST_NAME);
                    return 0;
                });
    }

    // touch(1) sets times on what it has created.
    @Override
    public int utimens(String path, Timespec[] times) {
        return truncate(path, 0);
    }

    @Override
    public int mknod(String path, @mode_t long mode, long device) {
        return Errno.EROFS.result();
    }

    @Override
    public int mkdir(String path, @mode_t long mode) {
        return Errno.EROFS.result();
    }

    @Override
    public int rmdir(String path) {
        return Errno.EROFS.result();
    }

    @Override
    public int symlink(String target, String path) {
        return Errno.EROFS.result();
    }

    @Override
    public int link(String from, String to) {
        return Errno.EROFS.result();
    }

    @Override
    public int rename(String from, String to) {
        return Errno.EROFS.result();
    }

    @Override
    public int chmod(String path, @mode_t long mode) {
        return Errno.EROFS.result();
    }

    @Override
    public int chown(String path, @uid_t long uid, @gid_t long gid) {
        return Errno.EROFS.result();
    }

    /** Ends all waits: whoever waits gets an error. */
    void stop() {
        fileSystem.stop();
        waiting.stop();
        polls.close();
    }

    /** Closes what is still open, after the last request. */
    void closeHandles() {
        handles.closeAll();
    }
}
