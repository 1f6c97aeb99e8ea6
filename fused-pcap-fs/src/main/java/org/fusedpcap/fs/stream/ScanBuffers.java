package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Buffers that scans read into. A scan holds one while it runs, never while a reader waits, so
 * there are as many as threads that scan at the same time; a few are kept.
 */
final class ScanBuffers {

    /**
     * Small enough to stay in a core's cache, and what the kernel reads ahead by default, twice.
     */
    static final int LENGTH = 256 * 1024;

    private static final int KEPT = 4;

    private static final ArrayBlockingQueue<ByteBuffer> FREE = new ArrayBlockingQueue<>(KEPT);

    private ScanBuffers() {}

    static ByteBuffer take() {
        ByteBuffer free = FREE.poll();
        return free == null ? ByteBuffer.allocateDirect(LENGTH) : free;
    }

    static void giveBack(ByteBuffer buffer) {
        // Where enough are kept already, the garbage collector takes this one.
        boolean kept = FREE.offer(buffer);
        assert kept || FREE.remainingCapacity() == 0;
    }

    /**
     * Fills a buffer with what can be read; why there is no more, if that is a failure.
     *
     * @param end offset in the content behind which nothing is read
     */
    static Optional<IOException> fill(
            ByteBuffer chunk, SegmentContent content, long offset, long end) {
        chunk.clear().limit((int) Math.min(chunk.capacity(), end - offset));
        Optional<IOException> failure = Optional.empty();
        try {
            while (chunk.hasRemaining()) {
                if (content.read(chunk, offset + chunk.position()) == 0) {
                    break;
                }
            }
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        chunk.flip();
        return failure;
    }
}
