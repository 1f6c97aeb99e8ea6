package org.fusedpcap.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.traffic.FrameKind;
import org.fusedpcap.testkit.traffic.Marker;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Splits a stream among members as a cluster does, and then plants faults. */
class MembersTest {

    private static final int MEMBERS = 4;
    private static final int CONVERSATIONS = 60;

    @TempDir Path directory;

    private Captures captures;
    private final List<List<byte[]>> members = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        Profile all =
                new Profile(
                        Profile.MIXED.transports(),
                        Profile.MIXED.encapsulations(),
                        30,
                        20,
                        10,
                        5,
                        100,
                        100,
                        50);
        captures =
                Captures.in(directory)
                        .traffic(TrafficSpec.ofSeed(3).with(all).withConversations(CONVERSATIONS))
                        .segment("s.1", 1000)
                        .segment("s.2", 1000);
    }

    /** Shares the stream out, each group to one member. */
    private void share(Grouping grouping) throws IOException {
        List<byte[]> pieces = Pieces.of(captures.paths());
        for (int i = 0; i < MEMBERS; i++) {
            members.add(new ArrayList<>(List.of(pieces.get(0))));
        }
        for (byte[] record : pieces.subList(1, pieces.size())) {
            long group = Pieces.marker(record).map(m -> grouping.group(m).orElse(0)).orElse(1L);
            members.get((int) Long.remainderUnsigned(group * 0x9e3779b97f4a7c15L >>> 8, MEMBERS))
                    .add(record);
        }
    }

    private Verdict verdict(Grouping grouping) throws IOException {
        Oracle oracle = Oracle.ofMembers(captures.expectation(), MEMBERS, grouping);
        for (int i = 0; i < MEMBERS; i++) {
            oracle.read(i, Pieces.stream(members.get(i)));
        }
        return oracle.verdict();
    }

    /** Moves the packets that fit from their member to the next, in order. */
    private void move(Predicate<Marker> which, int limit) {
        int left = limit;
        for (int i = 0; i < MEMBERS && left > 0; i++) {
            List<byte[]> from = members.get(i);
            List<byte[]> to = members.get((i + 1) % MEMBERS);
            for (byte[] record : List.copyOf(from.subList(1, from.size()))) {
                Optional<Marker> marker = Pieces.marker(record);
                if (left > 0 && marker.isPresent() && which.test(marker.get())) {
                    from.remove(record);
                    insert(to, record, marker.get().sequence());
                    left--;
                }
            }
        }
        assertThat(left).as("packets that were to be moved and were not there").isZero();
    }

    private static void insert(List<byte[]> to, byte[] record, long sequence) {
        int index =
                IntStream.range(1, to.size())
                        .filter(
                                i ->
                                        Pieces.marker(to.get(i)).map(Marker::sequence).orElse(-1L)
                                                > sequence)
                        .findFirst()
                        .orElse(to.size());
        to.add(index, record);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void shouldAcceptAStreamThatIsSharedByItsGroups(int mode) throws IOException {
        Grouping grouping = Grouping.ofMode(mode, false);
        share(grouping);
        assertThat(verdict(grouping).toString()).startsWith("ok: 2000 of 2000 packets");
    }

    @Test
    void shouldAcceptMembersThatSeeTheInnermostHeaders() throws IOException {
        Grouping grouping = Grouping.ofMode(0, true);
        share(grouping);
        assertThat(verdict(grouping).isOk()).isTrue();
    }

    @Test
    void shouldFindATunnelThatWasSplitByItsInnerHeaders() throws IOException {
        captures =
                Captures.in(directory)
                        .traffic(TrafficSpec.ofSeed(3).with(Profile.TUNNELLED))
                        .segment("t", 1000);
        share(Grouping.ofMode(0, true));
        assertThat(verdict(Grouping.ofMode(0, false)).fault(FaultKind.SPLIT)).isPresent();
    }

    @Test
    void shouldFindAddressesThatWereSplitByTheirPorts() throws IOException {
        share(Grouping.ofMode(0, false));
        assertThat(verdict(Grouping.ofMode(2, false)).fault(FaultKind.SPLIT)).isPresent();
    }

    @Test
    void shouldFindAFragmentThatWentToAnotherMember() throws IOException {
        Grouping grouping = Grouping.ofMode(0, false);
        share(grouping);
        move(marker -> marker.kind() == FrameKind.LATER_FRAGMENT, 1);
        assertThat(verdict(grouping).faults())
                .singleElement()
                .satisfies(f -> assertThat(f.kind()).isEqualTo(FaultKind.FRAGMENTS_APART))
                .satisfies(f -> assertThat(f.where()).contains("1 at member", "in s."));
    }

    @Test
    void shouldFindAnErrorThatWentToAnotherMember() throws IOException {
        Grouping grouping = Grouping.ofMode(0, false);
        share(grouping);
        move(marker -> marker.kind() == FrameKind.ICMP_ERROR, 1);
        assertThat(verdict(grouping).faults())
                .singleElement()
                .satisfies(f -> assertThat(f.kind()).isEqualTo(FaultKind.ERRORS_APART));
    }

    /** A later fragment without its first is sent somewhere by a guess, the error is not. */
    @Test
    void shouldBlameTheFragmentWhereNothingShowsWhichMemberIsRight() throws IOException {
        Grouping grouping = Grouping.ofMode(0, true);
        share(grouping);
        int conversation = conversationWith(FrameKind.LATER_FRAGMENT, FrameKind.ICMP_ERROR);
        Predicate<Marker> ours = marker -> marker.conversation() == conversation;
        remove(ours.and(m -> m.kind() == FrameKind.PLAIN || m.kind() == FrameKind.FIRST_FRAGMENT));
        Predicate<Marker> fragments = ours.and(m -> m.kind() == FrameKind.LATER_FRAGMENT);
        move(fragments, count(fragments));
        Verdict verdict = verdict(grouping);
        assertThat(verdict.fault(FaultKind.ERRORS_APART)).isEmpty();
        assertThat(verdict.fault(FaultKind.FRAGMENTS_APART)).isPresent();
    }

    private int conversationWith(FrameKind... kinds) {
        return IntStream.range(0, CONVERSATIONS)
                .filter(number -> Stream.of(kinds).allMatch(kind -> has(number, kind)))
                .findFirst()
                .orElseThrow();
    }

    private boolean has(int conversation, FrameKind kind) {
        return count(m -> m.conversation() == conversation && m.kind() == kind) > 0;
    }

    private void remove(Predicate<Marker> which) {
        members.forEach(
                records -> records.removeIf(r -> Pieces.marker(r).filter(which).isPresent()));
    }

    @Test
    void shouldFindTheTwoDirectionsOfAConversationApart() throws IOException {
        Grouping grouping = Grouping.ofMode(4, true);
        share(grouping);
        Predicate<Marker> replies =
                marker ->
                        marker.conversation() == 1
                                && marker.kind() == FrameKind.PLAIN
                                && marker.reply();
        move(replies, count(replies));
        assertThat(verdict(grouping).faults())
                .singleElement()
                .satisfies(f -> assertThat(f.kind()).isEqualTo(FaultKind.DIRECTIONS_APART));
    }

    @Test
    void shouldFindAConversationThatWasSplit() throws IOException {
        Grouping grouping = Grouping.ofMode(4, true);
        share(grouping);
        move(marker -> marker.conversation() == 1 && marker.kind() == FrameKind.PLAIN, 1);
        assertThat(verdict(grouping).toString()).contains("1 split (conversation 1: ");
    }

    private int count(Predicate<Marker> which) {
        return (int)
                members.stream()
                        .flatMap(List::stream)
                        .flatMap(record -> Pieces.marker(record).stream())
                        .filter(which)
                        .count();
    }

    @Test
    void shouldFindAPacketThatTwoMembersGot() throws IOException {
        Grouping grouping = Grouping.ofMode(0, false);
        share(grouping);
        byte[] junk =
                members.get(0).stream()
                        .skip(1)
                        .filter(r -> Pieces.marker(r).filter(this::isJunk).isPresent())
                        .findFirst()
                        .orElseThrow();
        members.get(1).add(junk);
        assertThat(verdict(grouping).fault(FaultKind.DOUBLED))
                .hasValueSatisfying(fault -> assertThat(fault.where()).endsWith("at member 1"));
    }

    private boolean isJunk(Marker marker) {
        return marker.kind() == FrameKind.JUNK;
    }

    @Test
    void shouldFindWhatAMemberDidNotGet() throws IOException {
        Grouping grouping = Grouping.ofMode(0, false);
        share(grouping);
        int lost = members.get(2).size() - 1;
        members.get(2).subList(1, members.get(2).size()).clear();
        Fault missing = verdict(grouping).fault(FaultKind.MISSING).orElseThrow();
        assertThat(missing.count()).isBetween(lost - 50L, (long) lost);
    }
}
