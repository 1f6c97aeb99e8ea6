package org.fusedpcap.testkit.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficTest {

    private static final int FRAMES = 5000;

    private static List<byte[]> frames(TrafficSpec spec, int count) {
        Traffic traffic = new Traffic(spec);
        byte[] out = new byte[FrameSource.LONGEST_FRAME];
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = traffic.next(out, 0);
            frames.add(Arrays.copyOf(out, length));
        }
        return frames;
    }

    private static Optional<Marker> marker(byte[] frame) {
        return Marker.find(frame, 0, frame.length);
    }

    static List<String> profiles() {
        return Profile.names();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void shouldMakeTheSameFramesFromTheSameSeed(String profile) {
        TrafficSpec spec = TrafficSpec.ofSeed(42).with(Profile.named(profile));
        List<byte[]> first = frames(spec, FRAMES);
        List<byte[]> second = frames(spec, FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            assertThat(first.get(i)).isEqualTo(second.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void shouldNumberEveryFrame(String profile) {
        TrafficSpec spec = TrafficSpec.ofSeed(7).with(Profile.named(profile)).from(100);
        List<byte[]> frames = frames(spec, FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            Optional<Marker> marker = marker(frames.get(i));
            if (marker.isPresent()) {
                assertThat(marker.get().sequence()).isEqualTo(100 + i);
            } else {
                assertThat(frames.get(i)).as("only runts are unmarked").hasSizeLessThan(20);
            }
        }
    }

    @Test
    void shouldNumberTheFramesOfAConversation() {
        Map<Integer, Set<Integer>> seen = new HashMap<>();
        for (byte[] frame : frames(TrafficSpec.ofSeed(7).with(Profile.TUNNELLED), FRAMES)) {
            Marker marker = marker(frame).orElseThrow();
            Set<Integer> numbers =
                    seen.computeIfAbsent(marker.conversation(), c -> new HashSet<>());
            assertThat(marker.conversationSequence()).isEqualTo(numbers.size());
            numbers.add(marker.conversationSequence());
        }
        assertThat(seen).hasSize(200);
    }

    @Test
    void shouldHaveFramesOfEveryKindInBothDirections() {
        Set<FrameKind> kinds = EnumSet.noneOf(FrameKind.class);
        Set<FrameKind> replies = EnumSet.noneOf(FrameKind.class);
        for (byte[] frame : frames(TrafficSpec.ofSeed(7), 4 * FRAMES)) {
            marker(frame).ifPresent(m -> (m.reply() ? replies : kinds).add(m.kind()));
        }
        assertThat(kinds).isEqualTo(EnumSet.allOf(FrameKind.class));
        assertThat(replies).isEqualTo(EnumSet.complementOf(EnumSet.of(FrameKind.JUNK)));
    }

    @Test
    void shouldSendFragmentsInAnyOrder() {
        int firstBeforeLater = 0;
        int laterBeforeFirst = 0;
        Set<Integer> begun = new HashSet<>();
        for (byte[] frame : frames(TrafficSpec.ofSeed(7).with(Profile.FRAGMENTS), FRAMES)) {
            Marker marker = marker(frame).orElseThrow();
            if (marker.kind() == FrameKind.LATER_FRAGMENT) {
                if (begun.contains(marker.conversation())) {
                    firstBeforeLater++;
                } else {
                    laterBeforeFirst++;
                }
            } else if (marker.kind() == FrameKind.FIRST_FRAGMENT) {
                begun.add(marker.conversation());
            } else {
                begun.remove(marker.conversation());
            }
        }
        assertThat(firstBeforeLater).isGreaterThan(FRAMES / 20);
        assertThat(laterBeforeFirst).isGreaterThan(FRAMES / 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 200, 1500, 9000, 60_000})
    void shouldHaveTheLengthThatWasAskedFor(int length) {
        TrafficSpec spec = TrafficSpec.ofSeed(1).with(Profile.UDP).with(FrameSizes.fixed(length));
        assertThat(frames(spec, 100)).allSatisfy(frame -> assertThat(frame).hasSize(length));
    }

    @Test
    void shouldAverageAbout770BytesInTheMix() {
        TrafficSpec spec = TrafficSpec.ofSeed(1).with(Profile.UDP);
        double average =
                frames(spec, FRAMES).stream().mapToInt(f -> f.length).average().orElseThrow();
        assertThat(average).isBetween(740.0, 800.0);
    }

    @Test
    void shouldGiveConversationsOfAPairTheSameAddresses() {
        ConversationPlan plan = new ConversationPlan(TrafficSpec.ofSeed(5));
        for (int pair = 0; pair < 500; pair++) {
            Conversation any = plan.conversation(4 * pair);
            Conversation other = plan.conversation(4 * pair + 3);
            assertThat(other.first().address()).isEqualTo(any.first().address());
            assertThat(other.second().address()).isEqualTo(any.second().address());
            assertThat(other.encapsulation()).isEqualTo(any.encapsulation());
            assertThat(other.pair()).isEqualTo(pair).isEqualTo(any.pair());
        }
    }

    @Test
    void shouldGiveEachPairAddressesOfItsOwn() {
        ConversationPlan plan = new ConversationPlan(TrafficSpec.ofSeed(5).with(Profile.PLAIN));
        Set<List<Object>> pairs = new HashSet<>();
        for (int id = 0; id < 40_000; id += ConversationPlan.CONVERSATIONS_PER_PAIR) {
            Conversation talk = plan.conversation(id);
            pairs.add(List.of(talk.first().address(), talk.second().address()));
        }
        assertThat(pairs).hasSize(40_000 / ConversationPlan.CONVERSATIONS_PER_PAIR);
    }
}
