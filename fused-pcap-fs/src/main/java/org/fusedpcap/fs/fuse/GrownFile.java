package org.fusedpcap.fs.fuse;

import java.nio.ByteBuffer;
import java.util.List;
import jnr.ffi.Pointer;
import org.fusedpcap.fs.stream.Piece;

/**
 * Has the kernel know that a file in its page cache has grown, whoever asks for its size meanwhile.
 *
 * <p>The kernel drops an answer about a file's attributes if another one about the same file came
 * in since it asked. One that has waited for more bytes is easily such an answer: a stat(2) by
 * anybody is enough. The size would stay, and the reader, being there, would get an end of file
 * that is none. So the size is told in another way first: storing a byte behind the end makes the
 * kernel extend the file by itself, and outdates all answers under way. What byte that is does not
 * matter: the pages are dropped, and read in full when they are needed.
 */
final class GrownFile {

    private static final LibFuse FUSE = LibFuse.INSTANCE;
    private static final long PAGE = 4096;

    /** So far behind the end of what it was told of may a reader be that asks for more. */
    private static final long READER_BEHIND = 2 << 20;

    private static final Piece ANY_BYTE = new Piece.InMemory(ByteBuffer.allocate(1));

    private GrownFile() {}

    /**
     * Tells, from a callback of libfuse that is about the file.
     *
     * @param before the least size at which the kernel may have filled up a page with zeroes
     * @param size length of the file now, in bytes, at least 1; so much can be read
     */
    static void tell(long before, long size) {
        SessionThread thread = SessionThread.current();
        // The kernel waits here for reads of pages that are under way, and others answer those.
        thread.willWait();
        Pointer channel = thread.channel();
        long node = thread.request().node();
        Pointer vector = ReplyVector.of(List.of(ANY_BYTE));
        try {
            FUSE.fuse_lowlevel_notify_inval_inode(channel, node, pageOf(before), 0);
            FUSE.fuse_lowlevel_notify_store(channel, node, size - 1, vector, 0);
            FUSE.fuse_lowlevel_notify_inval_inode(channel, node, pageOf(size - 1), 0);
        } finally {
            ReplyVector.free(vector);
        }
        thread.afterReply(() -> drop(channel, node, pageOf(before) - READER_BEHIND));
    }

    /**
     * Drops the pages that the reader has left behind: who reads a stream that goes on for days
     * needs no memory for what was, and pages that are used again soon are the fastest ones. The
     * reader goes on meanwhile. It asked because its read may reach behind the end, so it may have
     * that read before it: pages that are dropped too early cannot be given again once a ring has
     * taken their file.
     */
    private static void drop(Pointer channel, long node, long end) {
        if (end > 0) {
            FUSE.fuse_lowlevel_notify_inval_inode(channel, node, 0, end);
        }
    }

    private static long pageOf(long offset) {
        return offset & -PAGE;
    }
}
