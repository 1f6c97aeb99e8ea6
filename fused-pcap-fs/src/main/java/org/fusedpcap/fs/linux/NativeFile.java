package org.fusedpcap.fs.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Fcntl;
import jnr.constants.platform.OpenFlags;
import jnr.ffi.Runtime;

/**
 * A file open for reading whose descriptor can be handed to the kernel: Java's own channels hide
 * theirs, and a reply to a FUSE read is cheapest when it names a descriptor instead of carrying the
 * bytes.
 *
 * <p>Reads are at explicit offsets and may run side by side. {@link #close} must come after the
 * last of them.
 */
public final class NativeFile implements AutoCloseable {

    private static final LibC LIBC = LibC.INSTANCE;

    // Not in jnr-constants.
    private static final int O_CLOEXEC = 0x80000;
    private static final int F_SETSIG = 10;
    private static final int F_SETLEASE = 1024;
    private static final int SIGURG = 23;

    private final Path path;
    private final int descriptor;

    private NativeFile(Path path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /**
     * Opens a file for reading. A fifo or a device does not block it.
     *
     * @throws NoSuchFileException if there is none
     * @throws AccessDeniedException if it may not be read
     * @throws ErrnoException if anything else is wrong
     */
    public static NativeFile open(Path path) throws IOException {
        int flags = OpenFlags.O_RDONLY.intValue() | OpenFlags.O_NONBLOCK.intValue() | O_CLOEXEC;
        int descriptor = LIBC.open(path.toString(), flags);
        if (descriptor < 0) {
            throw failure("open", path);
        }
        return new NativeFile(path, descriptor);
    }

    /** The path that it was opened by; the file may have been renamed or removed since. */
    public Path path() {
        return path;
    }

    /** The path, without links, at which the kernel has this file now. */
    public Path openedPath() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)));
    }

    /** The descriptor's number, valid until {@link #close}. */
    public int descriptor() {
        return descriptor;
    }

    /**
     * Reads bytes into a buffer, from its position on, and moves the position. A direct buffer
     * saves a copy.
     *
     * @param offset where in the file, in bytes
     * @return how many bytes were read; 0 at or behind the end
     * @throws ErrnoException if the disk does not give them
     */
    public int read(ByteBuffer buffer, long offset) throws IOException {
        long count;
        do {
            count = LIBC.pread(descriptor, buffer, buffer.remaining(), offset);
        } while (count < 0 && lastErrno() == Errno.EINTR.intValue());
        if (count < 0 && lastErrno() == Errno.EAGAIN.intValue()) {
            // A file of another file system like this one, whose bytes are still to come.
            return 0;
        }
        if (count < 0) {
            throw failure("read at offset " + offset + " of", path);
        }
        buffer.position(buffer.position() + (int) count);
        return (int) count;
    }

    /** What file this is, and its state now. */
    public FileIdentity identity() throws IOException {
        return FileStatus.of(this).identity();
    }

    /** When it was written to, or its status changed otherwise, in nanoseconds since 1970. */
    public long changedNs() throws IOException {
        return FileStatus.of(this).changedNs();
    }

    /** Who may read it now. */
    public Permissions permissions() throws IOException {
        return FileStatus.of(this).permissions();
    }

    /** Whether it is a regular file. */
    public boolean isRegular() throws IOException {
        return FileStatus.of(this).isRegular();
    }

    /**
     * Whether some process holds the file open for writing. The kernel grants a read lease only on
     * files that nobody writes, and only to the file's owner or root; it is given back at once.
     * Should a writer come in that moment, the kernel tells us with a signal: one that is ignored.
     */
    public Writers writers() {
        LIBC.fcntl(descriptor, F_SETSIG, SIGURG);
        if (LIBC.fcntl(descriptor, F_SETLEASE, Fcntl.F_RDLCK.intValue()) == 0) {
            LIBC.fcntl(descriptor, F_SETLEASE, Fcntl.F_UNLCK.intValue());
            return Writers.NONE;
        }
        return Writers.ofRefusal(lastErrno(), FileSystemType.of(descriptor));
    }

    @Override
    public void close() {
        LIBC.close(descriptor);
    }

    @Override
    public String toString() {
        return path + " (descriptor " + descriptor + ")";
    }

    static int lastErrno() {
        return Runtime.getSystemRuntime().getLastError();
    }

    static IOException failure(String call, Path path) {
        int errno = lastErrno();
        // No file has a name that is too long for one; a range's may be.
        if (errno == Errno.ENOENT.intValue()
                || errno == Errno.ENOTDIR.intValue()
                || errno == Errno.ENAMETOOLONG.intValue()) {
            return new NoSuchFileException(path.toString());
        }
        if (errno == Errno.EACCES.intValue() || errno == Errno.EPERM.intValue()) {
            return new AccessDeniedException(path.toString());
        }
        return new ErrnoException(call + " " + path, errno);
    }
}
