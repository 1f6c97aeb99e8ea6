package org.fusedpcap.fs.linux;

import java.nio.ByteBuffer;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/** The functions of the C library that we call; see their manual pages. Thread-safe. */
public interface LibC {

    /** Loaded once; {@code errno} is kept per thread by jnr-ffi. */
    LibC INSTANCE =
            LibraryLoader.create(LibC.class).option(LibraryOption.SaveError, true).load("c");

    int open(String path, int flags);

    int close(int descriptor);

    @ssize_t
    long pread(int descriptor, @Out ByteBuffer buffer, @size_t long length, @off_t long offset);

    @ssize_t
    long read(int descriptor, Pointer buffer, @size_t long length);

    @ssize_t
    long write(int descriptor, Pointer buffer, @size_t long length);

    int pipe(Pointer descriptors);

    /** Both addresses are of memory of the caller's. */
    int statx(int directory, long path, int flags, int mask, long result);

    int fstatfs(int descriptor, @Out ByteBuffer result);

    int fcntl(int descriptor, int command, long argument);

    int umount2(String target, int flags);

    int poll(Pointer descriptors, long count, int timeoutMs);

    Pointer malloc(@size_t long length);

    void free(Pointer memory);
}
