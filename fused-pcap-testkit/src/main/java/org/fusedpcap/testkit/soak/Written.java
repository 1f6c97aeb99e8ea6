package org.fusedpcap.testkit.soak;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.fusedpcap.testkit.traffic.FrameSource;
import org.fusedpcap.testkit.traffic.Marker;

/**
 * What one capture program has written so far: a fingerprint of each marked packet, and which
 * segment it went into. A packet is here before it is in a file, and a segment is lost here before
 * it is deleted or used again, so that whatever a reader meets has its explanation already.
 * Thread-safe.
 */
final class Written {

    private static final int UNMARKED = 0;
    private static final int FIRST_CAPACITY = 1 << 12;

    /**
     * A file, from its opening on.
     *
     * @param number in the order of the stream
     * @param name file name
     * @param first sequence number of its first packet
     */
    record Segment(int number, String name, long first) {}

    private final int ring;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Long> lostNanos = new ArrayList<>();
    private int[] prints = new int[FIRST_CAPACITY];
    private int packets;

    /**
     * @param ring number of files that are kept; 0: all
     */
    Written(int ring) {
        this.ring = ring;
    }

    /** A segment is about to be opened. */
    synchronized void opening(Path path) {
        int number = segments.size();
        segments.add(new Segment(number, path.getFileName().toString(), packets));
        lostNanos.add(Long.MAX_VALUE);
        if (ring > 0 && number >= ring) {
            lostNanos.set(number - ring, System.nanoTime());
        }
    }

    /** The frames of another source, as they are written. */
    FrameSource recording(FrameSource source) {
        return (out, offset) -> {
            int length = source.next(out, offset);
            boolean marked = Marker.find(out, offset, length).isPresent();
            add(marked ? print(out, offset, length) : UNMARKED);
            return length;
        };
    }

    private synchronized void add(int print) {
        if (packets == prints.length) {
            prints = Arrays.copyOf(prints, 2 * packets);
        }
        prints[packets++] = print;
    }

    /** The program was killed: no packet from this one on has ever been in a file. */
    synchronized void forgetFrom(long sequence) {
        Arrays.fill(prints, (int) Math.min(sequence, packets), packets, UNMARKED);
    }

    /** Number of packets, also of those without a marker. */
    synchronized long packets() {
        return packets;
    }

    /** The segment that a file is now. */
    synchronized Optional<Segment> latest(String name) {
        for (int i = segments.size() - 1; i >= 0; i--) {
            if (segments.get(i).name().equals(name)) {
                return Optional.of(segments.get(i));
            }
        }
        return Optional.empty();
    }

    /** The segment of a packet, which was written. */
    synchronized Segment segmentOf(long sequence) {
        int i = segments.size() - 1;
        while (segments.get(i).first() > sequence) {
            i--;
        }
        return segments.get(i);
    }

    synchronized Segment newest() {
        return segments.get(segments.size() - 1);
    }

    /** Whether a segment was deleted or used again before that time. */
    synchronized boolean isLost(int number, long nanos) {
        return lostNanos.get(number) - nanos <= 0 && lostNanos.get(number) != Long.MAX_VALUE;
    }

    /** The first packet of the segment behind this one. */
    synchronized long endOf(int number) {
        return number + 1 < segments.size() ? segments.get(number + 1).first() : packets;
    }

    /** Whether any packet of a segment can be told from others. */
    synchronized boolean hasPackets(Segment segment) {
        for (long at = segment.first(); at < endOf(segment.number()); at++) {
            if (isMarked(at)) {
                return true;
            }
        }
        return false;
    }

    synchronized boolean isMarked(long sequence) {
        return prints[(int) sequence] != UNMARKED;
    }

    /** Whether a packet was written so. */
    synchronized boolean matches(long sequence, byte[] bytes, int offset, int length) {
        return sequence < packets && prints[(int) sequence] == print(bytes, offset, length);
    }

    private static int print(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return (int) crc.getValue() | 1;
    }
}
