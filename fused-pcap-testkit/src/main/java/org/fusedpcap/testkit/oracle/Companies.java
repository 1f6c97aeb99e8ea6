package org.fusedpcap.testkit.oracle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fusedpcap.testkit.traffic.Marker;

/** Keeps account of which member got what of each group of packets. Not thread-safe. */
final class Companies {

    private static final int SHOWN = 4;

    private final Expectation expectation;
    private final Optional<Grouping> grouping;
    private final Map<Long, TreeMap<Integer, Share>> groups = new HashMap<>();

    Companies(Expectation expectation, Optional<Grouping> grouping) {
        this.expectation = expectation;
        this.grouping = grouping;
    }

    /** What one member got of a group. */
    private static final class Share {
        private final Marker first;
        private long packets;
        private boolean plain;
        private boolean plainReply;
        private boolean firstFragment;
        private boolean laterFragment;
        private boolean errors;

        Share(Marker first) {
            this.first = first;
        }

        void add(Marker marker) {
            packets++;
            switch (marker.kind()) {
                case PLAIN -> {
                    plain |= !marker.reply();
                    plainReply |= marker.reply();
                }
                case FIRST_FRAGMENT -> firstFragment = true;
                case LATER_FRAGMENT -> laterFragment = true;
                case ICMP_ERROR -> errors = true;
                case JUNK -> {}
            }
        }

        boolean hasPlain() {
            return plain || plainReply;
        }

        /** Whether all fields by which the conversation goes were seen here. */
        boolean isHome() {
            return hasPlain() || firstFragment;
        }

        boolean hasErrorsAlone() {
            return errors && !isHome() && !laterFragment;
        }
    }

    void add(int member, Marker marker) {
        if (grouping.isEmpty()) {
            return;
        }
        grouping.get()
                .group(marker)
                .ifPresent(
                        group ->
                                groups.computeIfAbsent(group, g -> new TreeMap<>())
                                        .computeIfAbsent(member, m -> new Share(marker))
                                        .add(marker));
    }

    /** One fault for each kind of separation there is. */
    List<Fault> faults() {
        Map<FaultKind, List<String>> where = new EnumMap<>(FaultKind.class);
        for (TreeMap<Integer, Share> shares : groups.values()) {
            if (shares.size() > 1) {
                where.computeIfAbsent(kind(shares), kind -> new ArrayList<>()).add(text(shares));
            }
        }
        List<Fault> faults = new ArrayList<>();
        where.forEach((kind, texts) -> faults.add(fault(kind, texts)));
        return faults;
    }

    private static Fault fault(FaultKind kind, List<String> texts) {
        String shown = String.join("; ", texts.subList(0, Math.min(SHOWN, texts.size())));
        String more = texts.size() > SHOWN ? " and " + (texts.size() - SHOWN) + " more" : "";
        return new Fault(kind, texts.size(), shown + more);
    }

    private static FaultKind kind(TreeMap<Integer, Share> shares) {
        List<Share> plain = shares.values().stream().filter(Share::hasPlain).toList();
        if (plain.size() > 1) {
            boolean oneWay = plain.stream().noneMatch(share -> share.plain && share.plainReply);
            return plain.size() == 2 && oneWay && plain.get(0).plain != plain.get(1).plain
                    ? FaultKind.DIRECTIONS_APART
                    : FaultKind.SPLIT;
        }
        // Later fragments have no ports: alone, they cannot show that it is the error which strays.
        boolean errorsApart =
                shares.values().stream().anyMatch(Share::isHome)
                        && shares.values().stream().anyMatch(Share::hasErrorsAlone);
        return errorsApart ? FaultKind.ERRORS_APART : FaultKind.FRAGMENTS_APART;
    }

    private String text(TreeMap<Integer, Share> shares) {
        List<String> parts = new ArrayList<>();
        shares.forEach((member, share) -> parts.add(text(member, share)));
        Marker any = shares.firstEntry().getValue().first;
        return "conversation " + any.conversation() + ": " + String.join(", ", parts);
    }

    private String text(int member, Share share) {
        long first = share.first.sequence();
        return share.packets
                + " at member "
                + member
                + " from packet "
                + first
                + " in "
                + expectation.segmentOf(first)
                + " on";
    }
}
