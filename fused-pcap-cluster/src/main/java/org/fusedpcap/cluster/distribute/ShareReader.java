package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.fusedpcap.cluster.pcap.Framing;

/**
 * One member's share of the stream, as the member sees it: bytes to copy out, in order. Calls come
 * from one thread at a time, under the member's lock; {@link #taken} may be asked by anybody.
 */
final class ShareReader {

    private final ExtentQueue queue;
    private final BlockWindow blocks;
    private final AtomicLong taken = new AtomicLong();
    private long head;

    /** Bytes of the extent at {@link #head} that have been copied. */
    private int consumed;

    private boolean leftSlab;

    ShareReader(ExtentQueue queue, BlockWindow blocks) {
        this.queue = queue;
        this.blocks = blocks;
    }

    /** Number of bytes copied out so far. */
    long taken() {
        return taken.getPlain();
    }

    /** Any thread: number of bytes copied out so far. */
    long takenSeen() {
        return taken.getAcquire();
    }

    boolean isEmpty() {
        return head == queue.tail();
    }

    /** Whether the copy made last was the last one from its slab, so that one may be free now. */
    boolean leftSlab() {
        return leftSlab;
    }

    /**
     * Copies what is there to {@code dst}'s position and moves it.
     *
     * @param most most bytes to copy, at most what {@code dst} has room for
     * @return number of bytes copied, 0 if nothing is there
     */
    int copyTo(ByteBuffer dst, int most) {
        long tail = queue.tail();
        leftSlab = false;
        if (head == tail) {
            return 0;
        }
        long[] ring = queue.ring();
        int firstSlab = Extent.slab(ring[(int) head & ring.length - 1]);
        int from = dst.position();
        int at = copy(ring, tail, dst, from + most);
        dst.position(at);
        leftSlab = head == tail || Extent.slab(ring[(int) head & ring.length - 1]) != firstSlab;
        taken.setRelease(taken.getPlain() + at - from);
        queue.release(head);
        return at - from;
    }

    private int copy(long[] ring, long tail, ByteBuffer dst, int end) {
        int mask = ring.length - 1;
        int at = dst.position();
        while (head < tail && at < end) {
            long extent = ring[(int) head & mask];
            int left = Extent.length(extent) - consumed;
            int bytes = Math.min(left, end - at);
            ByteBuffer records = blocks.slab(Extent.slab(extent)).records();
            dst.put(at, records, Extent.offset(extent) + consumed, bytes);
            at += bytes;
            if (bytes == left) {
                head++;
                consumed = 0;
            } else {
                consumed += bytes;
            }
        }
        return at;
    }

    /**
     * Number of packets that are there and were not copied out to their end. Under the
     * distributor's lock as well, so that it is final.
     */
    long unreadPackets(Framing framing) {
        long tail = queue.tail();
        long[] ring = queue.ring();
        long packets = 0;
        int copied = consumed;
        for (long i = head; i < tail; i++) {
            packets += packetsBehind(copied, ring[(int) i & ring.length - 1], framing);
            copied = 0;
        }
        return packets;
    }

    /** Packets of an extent that end behind so many of its bytes. */
    private long packetsBehind(int copied, long extent, Framing framing) {
        ByteBuffer records = walked(extent);
        int at = Extent.offset(extent);
        int from = at + copied;
        int end = at + Extent.length(extent);
        long packets = 0;
        while (at < end) {
            int length = framing.unitLength(records, at);
            packets += at + length > from && framing.isPacket(records, at) ? 1 : 0;
            at += length;
        }
        return packets;
    }

    private ByteBuffer walked(long extent) {
        return blocks.slab(Extent.slab(extent)).walked(Extent.isInOtherOrder(extent));
    }

    /** Number of bytes to the end of the record that the next byte lies in; 0 between records. */
    int restOfRecord(Framing framing) {
        if (consumed == 0) {
            return 0;
        }
        long[] ring = queue.ring();
        long extent = ring[(int) head & ring.length - 1];
        ByteBuffer records = walked(extent);
        int begin = Extent.offset(extent);
        int end = begin;
        while (end < begin + consumed) {
            end += framing.unitLength(records, end);
        }
        return end - begin - consumed;
    }
}
