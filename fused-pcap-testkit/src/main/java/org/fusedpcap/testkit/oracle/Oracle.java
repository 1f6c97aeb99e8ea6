package org.fusedpcap.testkit.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fusedpcap.testkit.traffic.Marker;

/**
 * Judges one stream that one reader got, or that several members shared. Thread-safe: each member
 * may be read by a thread of its own, and the packets of one member must come in its order.
 *
 * <pre>{@code
 * Oracle oracle = Oracle.ofReader(Expectation.ofFiles(segments));
 * oracle.read(0, Files.newInputStream(mount.resolve("eth0.pcap.1..eth0.pcap.9")));
 * assertThat(oracle.verdict().toString()).startsWith("ok");
 * }</pre>
 */
public final class Oracle {

    private final Expectation expectation;
    private final int members;
    private final Companies companies;
    private final SequenceBits seen = new SequenceBits();
    private final Tally unmarked = new Tally();
    private final Map<FaultKind, Places> places = new EnumMap<>(FaultKind.class);
    private final List<Fault> streamFaults = new ArrayList<>();
    private final long[] highest;
    private long got;

    private Oracle(Expectation expectation, int members, Optional<Grouping> grouping) {
        this.expectation = expectation;
        this.members = members;
        this.companies = new Companies(expectation, grouping);
        this.highest = new long[members];
        Arrays.fill(highest, -1);
    }

    /** For one reader, which gets everything. */
    public static Oracle ofReader(Expectation expectation) {
        return new Oracle(expectation, 1, Optional.empty());
    }

    /**
     * For members that share a stream.
     *
     * @param members number of members, 1 or more
     * @param grouping which packets must be together
     */
    public static Oracle ofMembers(Expectation expectation, int members, Grouping grouping) {
        return new Oracle(expectation, members, Optional.of(grouping));
    }

    /**
     * Reads all that a member got, to the end.
     *
     * @param member number of the member, from 0
     * @param in the capture; not closed
     */
    public void read(int member, InputStream in) throws IOException {
        CaptureReader reader = new CaptureReader(in, problem -> problem(member, problem));
        for (Optional<CapturedPacket> packet = reader.next();
                packet.isPresent();
                packet = reader.next()) {
            accept(member, packet.get());
        }
    }

    /** Takes the next packet of a member. */
    public void accept(int member, CapturedPacket packet) {
        Optional<Marker> marker = Marker.find(packet.bytes(), packet.offset(), packet.captured());
        if (marker.isEmpty()) {
            int fingerprint = expectation.fingerprint(packet);
            synchronized (this) {
                got++;
                unmarked.add(fingerprint);
            }
            return;
        }
        long sequence = marker.get().sequence();
        boolean known = expectation.contains(sequence);
        boolean same = known && expectation.matches(sequence, packet);
        synchronized (this) {
            got++;
            judge(member, marker.get(), known, same);
        }
    }

    private void judge(int member, Marker marker, boolean known, boolean same) {
        long sequence = marker.sequence();
        if (!known) {
            note(FaultKind.FOREIGN, member, sequence);
            return;
        }
        if (!same) {
            note(FaultKind.ALTERED, member, sequence);
        }
        if (!seen.add(sequence)) {
            note(FaultKind.DOUBLED, member, sequence);
        } else if (sequence < highest[member]) {
            note(FaultKind.OUT_OF_ORDER, member, sequence);
        }
        highest[member] = Math.max(highest[member], sequence);
        companies.add(member, marker);
    }

    private void note(FaultKind kind, int member, long sequence) {
        places.computeIfAbsent(kind, k -> new Places(expectation)).add(sequence, reader(member));
    }

    private String reader(int member) {
        return members == 1 ? "" : " at member " + member;
    }

    /** Takes note of something wrong with the bytes that a member got. */
    public synchronized void problem(int member, Problem problem) {
        FaultKind kind =
                switch (problem.kind()) {
                    case TORN -> FaultKind.TORN;
                    case HEADER_INSIDE -> FaultKind.HEADER_INSIDE;
                    case NO_HEADER, SENSELESS -> FaultKind.MALFORMED;
                };
        String behind =
                highest[member] < 0
                        ? ", before any packet"
                        : ", behind packet "
                                + highest[member]
                                + " of "
                                + expectation.segmentOf(highest[member]);
        streamFaults.add(new Fault(kind, 1, problem + behind + reader(member)));
    }

    /** What is to be said when all members have ended. */
    public synchronized Verdict verdict() {
        List<Fault> faults = new ArrayList<>(streamFaults);
        Places missing = new Places(expectation);
        expectation.expected().forEachNotIn(seen, sequence -> missing.add(sequence, ""));
        add(faults, FaultKind.MISSING, missing);
        places.forEach((kind, where) -> add(faults, kind, where));
        if (!unmarked.isSame(expectation.unmarked())) {
            faults.add(unmarkedFault());
        }
        faults.addAll(companies.faults());
        return new Verdict(expectation.packets(), got, expectation.segments(), faults);
    }

    private Fault unmarkedFault() {
        long wanted = expectation.unmarked().count();
        long difference = Math.abs(wanted - unmarked.count());
        return difference == 0
                ? new Fault(FaultKind.UNMARKED, wanted, "not all those of the source")
                : new Fault(
                        FaultKind.UNMARKED, difference, unmarked.count() + " instead of " + wanted);
    }

    private static void add(List<Fault> faults, FaultKind kind, Places where) {
        if (where.count() > 0) {
            faults.add(new Fault(kind, where.count(), where.text()));
        }
    }
}
