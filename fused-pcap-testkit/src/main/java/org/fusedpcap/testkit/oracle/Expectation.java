package org.fusedpcap.testkit.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fusedpcap.testkit.traffic.FrameSource;
import org.fusedpcap.testkit.traffic.Marker;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.traffic.TrafficSpec;

/**
 * What a reader of a stream should get: which packets, from which segments. It holds a few bytes a
 * packet, not the packets. Immutable once made.
 */
public final class Expectation {

    private static final int NEIGHBOURHOOD = 64;

    private final boolean withTimes;
    private final SequenceBits expected = new SequenceBits();
    private final Fingerprints fingerprints = new Fingerprints();
    private final TreeMap<Long, Segment> segments = new TreeMap<>();
    private final Tally unmarked = new Tally();
    private long packets;
    private long last = -1;

    /** A segment and the numbers of its packets. */
    private static final class Segment {
        private final String name;
        private long packets;

        Segment(String name) {
            this.name = name;
        }
    }

    private Expectation(boolean withTimes) {
        this.withTimes = withTimes;
    }

    /**
     * The whole records of segments, in this order, with their times. What is torn at the end of a
     * segment is not expected, and empty segments add nothing.
     *
     * @throws IllegalArgumentException if the packets are not in the order of their numbers, so
     *     that the segments cannot be
     */
    public static Expectation ofFiles(List<Path> files) throws IOException {
        return ofFiles(files, true);
    }

    /**
     * The same.
     *
     * @param withTimes whether the packets' times are expected, too
     */
    public static Expectation ofFiles(List<Path> files, boolean withTimes) throws IOException {
        Expectation expectation = new Expectation(withTimes);
        for (Path file : files) {
            expectation.add(file);
        }
        return expectation;
    }

    /**
     * The whole records of all captures among {@code files}, in the order of their packets'
     * numbers, whatever their names are. Files that are no capture, or have no marked packet, are
     * left out.
     *
     * @param files files, and directories whose files are meant
     */
    public static Expectation ofUnordered(List<Path> files, boolean withTimes) throws IOException {
        return ofFiles(SourceOrder.sorted(files), withTimes);
    }

    /** The first frames of a traffic, at whatever times and in whatever files. */
    public static Expectation ofTraffic(TrafficSpec spec, long packets) {
        Expectation expectation = new Expectation(false);
        Segment segment = new Segment("seed " + spec.seed());
        Traffic traffic = new Traffic(spec);
        byte[] frame = new byte[FrameSource.LONGEST_FRAME];
        for (long i = 0; i < packets; i++) {
            int length = traffic.next(frame, 0);
            expectation.add(segment, new CapturedPacket(frame, 0, length, length, 0, 0));
        }
        return expectation;
    }

    private void add(Path file) throws IOException {
        Segment segment = new Segment(String.valueOf(file.getFileName()));
        try (CaptureReader reader = CaptureReader.open(file)) {
            for (Optional<CapturedPacket> packet = reader.next();
                    packet.isPresent();
                    packet = reader.next()) {
                add(segment, packet.get());
            }
        }
    }

    private void add(Segment segment, CapturedPacket packet) {
        packets++;
        Optional<Marker> marker = Marker.find(packet.bytes(), packet.offset(), packet.captured());
        if (marker.isEmpty()) {
            unmarked.add(fingerprint(packet));
            return;
        }
        long sequence = marker.get().sequence();
        if (sequence <= last) {
            throw new IllegalArgumentException(
                    "packet " + sequence + " of " + segment.name + " comes after packet " + last);
        }
        last = sequence;
        expected.add(sequence);
        fingerprints.put(sequence, fingerprint(packet));
        if (segment.packets++ == 0) {
            segments.put(sequence, segment);
        }
    }

    int fingerprint(CapturedPacket packet) {
        return Fingerprints.of(packet, withTimes);
    }

    boolean contains(long sequence) {
        return expected.contains(sequence);
    }

    boolean matches(long sequence, CapturedPacket packet) {
        return fingerprints.get(sequence) == fingerprint(packet);
    }

    SequenceBits expected() {
        return expected;
    }

    Tally unmarked() {
        return unmarked;
    }

    /** Number of packets, those without a marker included. */
    public long packets() {
        return packets;
    }

    /** Number of segments that have packets with markers. */
    public int segments() {
        return segments.size();
    }

    /** Name of the segment that a packet is in, or would be. */
    String segmentOf(long sequence) {
        Map.Entry<Long, Segment> entry = segments.floorEntry(sequence);
        return entry == null ? "no segment" : entry.getValue().name;
    }

    /** Whether a packet is expected between two others; far apart there always is one. */
    boolean hasBetween(long before, long after) {
        boolean found = after - before > NEIGHBOURHOOD;
        for (long sequence = before + 1; !found && sequence < after; sequence++) {
            found = contains(sequence);
        }
        return found;
    }

    /** Whether so many neighbouring packets from {@code first} on are a whole segment. */
    boolean isWholeSegment(long first, long count) {
        Segment segment = segments.get(first);
        return segment != null && segment.packets == count;
    }
}
