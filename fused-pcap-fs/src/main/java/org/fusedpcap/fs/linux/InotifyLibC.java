package org.fusedpcap.fs.linux;

import java.nio.ByteBuffer;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/** The calls of the C library that inotify and statfs need; see section 2 of the Linux manual. */
public interface InotifyLibC {

    /** The C library of this process. */
    static InotifyLibC load() {
        return LibraryLoader.create(InotifyLibC.class).load("c");
    }

    int inotify_init1(int flags);

    int inotify_add_watch(int fd, CharSequence path, int mask);

    int inotify_rm_watch(int fd, int watch);

    int eventfd(int initial, int flags);

    int ppoll(@In @Out ByteBuffer fds, long count, @In ByteBuffer timeout, @In ByteBuffer signals);

    long read(int fd, @Out ByteBuffer buffer, long count);

    long write(int fd, @In ByteBuffer buffer, long count);

    int close(int fd);

    int statfs(CharSequence path, @Out ByteBuffer result);
}
