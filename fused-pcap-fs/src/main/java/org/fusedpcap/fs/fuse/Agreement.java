package org.fusedpcap.fs.fuse;

import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.fusedpcap.fs.linux.LibC;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the kernel and we agree on before the first request (struct fuse_init_in and fuse_init_out
 * in linux/fuse.h).
 *
 * <p>libfuse 2.9 is older than requests of more than 128 KiB, and than kernels that let several
 * processes into one directory at a time; without that, one {@code ls} of a source that hangs keeps
 * everybody from {@code .status}. So its answer goes into a pipe, where we take it out and add that
 * we can do more, if the kernel has offered it. Kernels that offer the one have the other.
 */
final class Agreement {

    private static final Logger LOG = LoggerFactory.getLogger(Agreement.class);

    private static final LibFuse FUSE = LibFuse.INSTANCE;
    private static final LibC LIBC = LibC.INSTANCE;

    /**
     * The most pages that a request has. The kernel agrees to 256 unless it was set up otherwise;
     * but libfuse splices an answer through a pipe, which without privileges holds 256 pages and
     * needs some of them for other things, and copies what does not fit.
     */
    static final int MOST_PAGES = 240;

    private static final int MAX_PAGES = 1 << 22;

    /** Several may look up names in one directory, and list it, at a time. */
    private static final int PARALLEL_DIROPS = 1 << 18;

    // struct fuse_in_header, fuse_init_in
    private static final int OFFERED_FLAGS = 40 + 12;

    // struct fuse_out_header, fuse_init_out
    private static final int LENGTH = 0;
    private static final int ERROR = 4;
    private static final int FLAGS = 16 + 12;
    private static final int PAGES = 16 + 28;
    private static final int ANSWER = 16 + 64;

    private Agreement() {}

    /** Answers the kernel's first request. */
    static void reach(Pointer session, Pointer buffer, Pointer request, Pointer channel) {
        Pointer pipe = Memory.allocateDirect(Runtime.getSystemRuntime(), 2 * Integer.BYTES);
        if ((request.getInt(OFFERED_FLAGS) & MAX_PAGES) == 0 || LIBC.pipe(pipe) != 0) {
            FUSE.fuse_session_process_buf(session, buffer, channel);
            return;
        }
        int out = pipe.getInt(0);
        Pointer detour = FUSE.fuse_kern_chan_new(pipe.getInt(Integer.BYTES));
        try {
            FUSE.fuse_session_process_buf(session, buffer, detour);
            passOn(out, FUSE.fuse_chan_fd(channel));
        } finally {
            FUSE.fuse_chan_destroy(detour);
            LIBC.close(out);
        }
    }

    private static void passOn(int from, int to) {
        Pointer answer = Memory.allocateDirect(Runtime.getSystemRuntime(), ANSWER);
        answer.setMemory(0, ANSWER, (byte) 0);
        long length = LIBC.read(from, answer, ANSWER);
        if (answer.getInt(ERROR) == 0) {
            length = ANSWER;
            answer.putInt(LENGTH, ANSWER);
            answer.putInt(FLAGS, answer.getInt(FLAGS) | MAX_PAGES | PARALLEL_DIROPS);
            answer.putShort(PAGES, (short) MOST_PAGES);
        }
        if (LIBC.write(to, answer, length) != length) {
            LOG.error("the kernel does not take our answer");
        }
    }
}
