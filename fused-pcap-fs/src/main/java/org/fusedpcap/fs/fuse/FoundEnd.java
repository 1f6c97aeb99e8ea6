package org.fusedpcap.fs.fuse;

/**
 * Has the kernel learn where a file ends that was said to be longer.
 *
 * <p>It learns that by a short answer to a read, unless somebody was told a size since it asked for
 * that: then it goes by what was told. An answer to stat(2) with the size from before may be on its
 * way for as long as the kernel lets its caller sleep; coming in at the wrong moment it would have
 * the reader get zeroes behind the end. So as soon as the end is known, and is what everybody is
 * told from then on, all answers under way are made outdated; only reads that the kernel asks for
 * after that may be answered short.
 */
final class FoundEnd {

    /** Not a place in the file: its attributes alone. */
    private static final long ATTRIBUTES = -1;

    private FoundEnd() {}

    /** To be called from a callback of libfuse that is about the file. */
    static void outdateSizes() {
        SessionThread thread = SessionThread.current();
        LibFuse.INSTANCE.fuse_lowlevel_notify_inval_inode(
                thread.channel(), thread.request().node(), ATTRIBUTES, 0);
    }
}
