package org.fusedpcap.fs.fuse;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.byref.IntByReference;
import jnr.ffi.byref.PointerByReference;
import jnr.ffi.types.size_t;

/** The functions of libfuse 2.9 that jnr-fuse does not bind; see fuse_lowlevel.h and fuse.h. */
public interface LibFuse {

    LibFuse INSTANCE = LibraryLoader.create(LibFuse.class).load("libfuse.so.2");

    Pointer fuse_setup(
            int argumentCount,
            String[] arguments,
            Pointer operations,
            @size_t long operationsLength,
            PointerByReference mountPoint,
            IntByReference multithreaded,
            Pointer userData);

    void fuse_teardown(Pointer fuse, Pointer mountPoint);

    Pointer fuse_get_session(Pointer fuse);

    Pointer fuse_session_next_chan(Pointer session, Pointer channel);

    @size_t
    long fuse_chan_bufsize(Pointer channel);

    int fuse_chan_fd(Pointer channel);

    int fuse_session_receive_buf(Pointer session, Pointer buffer, Pointer channelReference);

    void fuse_session_process_buf(Pointer session, Pointer buffer, Pointer channel);

    Pointer fuse_kern_chan_new(int descriptor);

    void fuse_chan_destroy(Pointer channel);

    void fuse_session_exit(Pointer session);

    int fuse_session_exited(Pointer session);

    int fuse_interrupted();

    int fuse_lowlevel_notify_inval_inode(Pointer channel, long node, long offset, long length);

    int fuse_lowlevel_notify_store(
            Pointer channel, long node, long offset, Pointer bufferVector, int flags);

    int fuse_notify_poll(Pointer handle);

    void fuse_pollhandle_destroy(Pointer handle);
}
