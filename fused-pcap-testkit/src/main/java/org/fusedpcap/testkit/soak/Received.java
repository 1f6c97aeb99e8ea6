package org.fusedpcap.testkit.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.fusedpcap.testkit.oracle.CaptureReader;
import org.fusedpcap.testkit.oracle.CapturedPacket;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.oracle.Problem;
import org.fusedpcap.testkit.traffic.FrameKind;
import org.fusedpcap.testkit.traffic.Marker;

/**
 * What one reader got of a stream. Each packet is compared with what was written as it comes; the
 * first thing that is wrong is kept in words. Filled by one thread, looked at once it has ended.
 */
final class Received {

    private static final int PACKETS_AT_ONCE = 64;

    private final Written written;
    private final Grouping grouping;
    private volatile int pauseMs;
    private final BitSet sequences = new BitSet();
    private final Map<Long, Long> groups = new HashMap<>();
    private Optional<String> wrong = Optional.empty();
    private Optional<String> torn = Optional.empty();
    private long last = -1;
    private volatile long packets;

    /**
     * @param pauseMs how long to rest after some packets, in milliseconds, for a slow reader
     */
    Received(Written written, Grouping grouping, int pauseMs) {
        this.written = written;
        this.grouping = grouping;
        this.pauseMs = pauseMs;
    }

    /** Takes all there is, to its end. */
    void read(InputStream in) throws IOException {
        CaptureReader reader = new CaptureReader(in, this::note);
        for (Optional<CapturedPacket> packet = reader.next();
                packet.isPresent();
                packet = reader.next()) {
            accept(packet.get());
            packets = packets + 1;
            dawdle();
        }
        // Whatever stands behind a problem is taken too, so that the writer of it is not blocked.
        in.transferTo(OutputStream.nullOutputStream());
    }

    private void dawdle() {
        int pause = pauseMs;
        if (pause > 0 && packets % PACKETS_AT_ONCE == 0) {
            LockSupport.parkNanos(pause * 1_000_000L);
        }
    }

    /** Any thread: no more rests. */
    void hurry() {
        pauseMs = 0;
    }

    private void note(Problem problem) {
        if (problem.kind() == Problem.Kind.TORN || problem.kind() == Problem.Kind.NO_HEADER) {
            torn = Optional.of(problem.toString());
        } else {
            wrong(problem.toString());
        }
    }

    private void accept(CapturedPacket packet) {
        byte[] bytes = packet.bytes();
        Optional<Marker> marker = Marker.find(bytes, packet.offset(), packet.captured());
        if (marker.isEmpty()) {
            return;
        }
        long sequence = marker.get().sequence();
        if (!written.matches(sequence, bytes, packet.offset(), packet.captured())) {
            wrong("packet " + sequence + " is not as it was written");
            return;
        }
        if (sequence <= last) {
            boolean doubled = sequences.get((int) sequence);
            wrong("packet " + sequence + (doubled ? " again" : "") + " behind packet " + last);
        }
        last = Math.max(last, sequence);
        sequences.set((int) sequence);
        OptionalLong group = grouping.group(marker.get());
        if (marker.get().kind() == FrameKind.PLAIN && group.isPresent()) {
            groups.putIfAbsent(group.getAsLong(), sequence);
        }
    }

    private void wrong(String what) {
        if (wrong.isEmpty()) {
            wrong = Optional.of(what);
        }
    }

    /** The first thing that no reader may ever get. */
    Optional<String> wrong() {
        return wrong;
    }

    /**
     * That the capture ends inside a record or has no header, as it may for one that was killed.
     */
    Optional<String> torn() {
        return torn;
    }

    /** Numbers of the packets, -1 if there is none. */
    long last() {
        return last;
    }

    BitSet sequences() {
        return sequences;
    }

    /** Each group of packets that must be together, and a packet of it. */
    Map<Long, Long> groups() {
        return groups;
    }

    /** Any thread: number of packets so far. */
    long packets() {
        return packets;
    }
}
