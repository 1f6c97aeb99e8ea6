package org.fusedpcap.fs.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.fusedpcap.fs.options.names.ControlName;
import org.fusedpcap.fs.options.names.ControlName.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlFilesTest {

    private static final ControlName END = ControlName.of(Kind.END);
    private static final ControlName LAST = ControlName.of(Kind.LAST);
    private static final ControlName NEXT = ControlName.of(Kind.NEXT);
    private static final ControlName ABEND = ControlName.of(Kind.ABEND);

    /** A second passes each time somebody looks. */
    private static final class Ticking extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            now = now.plus(Duration.ofSeconds(1));
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final ControlFiles files = new ControlFiles(new Ticking());

    private static ControlName end(int pid) {
        return new ControlName(Kind.END, pid);
    }

    private void write(ControlName name, String line) throws InvalidPatternException {
        files.write(name, line.getBytes(UTF_8));
    }

    private String read(ControlName name) {
        return new String(files.find(name).orElseThrow().bytes(), UTF_8);
    }

    private List<String> names() {
        return files.list().stream().map(file -> file.name().toString()).toList();
    }

    @Test
    void shouldHaveNoFilesWhereNothingHasHappened() {
        assertThat(files.list()).isEmpty();
        assertThat(files.find(END)).isEmpty();
        assertThat(files.find(LAST)).isEmpty();
        assertThat(files.find(ABEND)).isEmpty();
        assertThat(files.find(ControlName.of(Kind.STATUS))).isEmpty();
        assertThat(files.endAt("x")).isEmpty();
    }

    @Test
    void shouldReadBackWhatWasWritten() throws Exception {
        write(END, "  eth0.pcap.ä* ");
        assertThat(read(END)).isEqualTo("eth0.pcap.ä*\n");
        assertThat(files.find(END).orElseThrow().size()).isEqualTo(14);
        assertThat(names()).containsExactly(".end");
    }

    @Test
    void shouldLetEachWriteTakeThePlaceOfTheOneBefore() throws Exception {
        write(END, "a\n");
        write(END, "b\n");
        assertThat(read(END)).isEqualTo("b\n");
        assertThat(files.endAt("a")).isEmpty();
        assertThat(files.endAt("b")).contains(END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \n"})
    void shouldTakeAnEndBackWhenTheLineIsEmpty(String line) throws Exception {
        write(END, "*");
        write(END, line);
        assertThat(files.endAt("x")).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldTakeAnEndBackWhenTheFileIsRemoved() throws Exception {
        write(END, "*");
        assertThat(files.remove(END)).isTrue();
        assertThat(files.remove(END)).isFalse();
        assertThat(files.endAt("x")).isEmpty();
    }

    @Test
    void shouldBeThereButNoEndWhenCreatedAndNotYetWritten() throws Exception {
        files.create(END);
        assertThat(read(END)).isEmpty();
        assertThat(files.endAt("x")).isEmpty();
        write(END, "*");
        files.create(END);
        assertThat(read(END)).isEqualTo("*\n");
    }

    @Test
    void shouldKeepTheEndBeforeWhenAWriteIsRefused() throws Exception {
        write(END, "a");
        assertThatExceptionOfType(InvalidPatternException.class)
                .isThrownBy(() -> write(END, "a/b"));
        assertThat(read(END)).isEqualTo("a\n");
    }

    @Test
    void shouldLeaveNoEmptyFileWhenItsFirstWriteIsRefused() {
        files.create(END);
        assertThatExceptionOfType(InvalidPatternException.class)
                .isThrownBy(() -> write(END, "a/b"));
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldEndEveryReaderAtTheEndForAll() throws Exception {
        write(END, "seg2");
        assertThat(files.endAt("seg1", Set.of(7))).isEmpty();
        assertThat(files.endAt("seg2", Set.of(7))).contains(END);
        assertThat(files.endAt("seg2", Set.of())).contains(END);
        assertThat(files.endAt("seg2")).contains(END);
    }

    @Test
    void shouldEndOnlyTheProcessThatAnEndIsFor() throws Exception {
        write(end(7), "*");
        assertThat(files.endAt("seg", Set.of(7))).contains(end(7));
        assertThat(files.endAt("seg", Set.of(8))).isEmpty();
        assertThat(files.endAt("seg", Set.of(8, 7))).contains(end(7));
        assertThat(files.endAt("seg", Set.of(0))).isEmpty();
        assertThat(files.endAt("seg")).isEmpty();
    }

    @Test
    void shouldPreferTheEndOfAProcessToTheEndForAll() throws Exception {
        write(END, "*");
        write(end(7), "seg9");
        assertThat(files.endAt("seg1", Set.of(7))).isEmpty();
        assertThat(files.endAt("seg9", Set.of(7))).contains(end(7));
        assertThat(files.endAt("seg1", Set.of(8))).contains(END);
        assertThat(files.endAt("seg1")).contains(END);
        files.remove(end(7));
        assertThat(files.endAt("seg1", Set.of(7))).contains(END);
    }

    @Test
    void shouldNotCountAProcessesFileThatIsStillEmpty() throws Exception {
        write(END, "*");
        files.create(end(7));
        assertThat(files.endAt("seg", Set.of(7))).contains(END);
    }

    @Test
    void shouldEndAHandleOfTwoProcessesAtTheEndOfEither() throws Exception {
        write(end(7), "seg7");
        write(end(8), "seg8");
        assertThat(files.endAt("seg7", Set.of(7, 8))).contains(end(7));
        assertThat(files.endAt("seg8", Set.of(7, 8))).contains(end(8));
        assertThat(files.endAt("seg9", Set.of(7, 8))).isEmpty();
    }

    @Test
    void shouldSayWhichSegmentsAnEndWasBetween() {
        files.recordEnd(END, "seg1", "seg2");
        assertThat(read(LAST)).isEqualTo("seg1\n");
        assertThat(read(NEXT)).isEqualTo("seg2\n");
        files.recordEnd(END, "seg2", "");
        assertThat(read(LAST)).isEqualTo("seg2\n");
        assertThat(read(NEXT)).isEmpty();
        assertThat(names()).containsExactly(".last", ".next");
    }

    @Test
    void shouldSayItOfAProcessWhenTheEndWasForOne() {
        files.recordEnd(end(7), "seg1", "seg2");
        files.recordEnd(end(8), "seg3", "");
        assertThat(names()).containsExactly(".last.7", ".next.7", ".last.8", ".next.8");
        assertThat(read(new ControlName(Kind.LAST, 7))).isEqualTo("seg1\n");
        assertThat(read(new ControlName(Kind.NEXT, 8))).isEmpty();
        assertThat(files.find(LAST)).isEmpty();
    }

    @Test
    void shouldListWhoLeftAClusterUntilTheNextOneFillsUp() {
        files.recordAbend("/clustersize=4/a", List.of(20, 10), "seg1", "");
        files.recordAbend("/clustersize=4/b", List.of(30), "seg5", "seg6");
        files.recordAbend("/clustersize=4/a", List.of(10, 40), "seg2", "seg3");
        assertThat(read(ABEND)).isEqualTo("30\n20\n10\n40\n");
        assertThat(read(LAST)).isEqualTo("seg2\n");
        assertThat(read(NEXT)).isEqualTo("seg3\n");
        files.clearAbend("/clustersize=4/a");
        assertThat(read(ABEND)).isEqualTo("30\n");
        files.clearAbend("/clustersize=4/b");
        files.clearAbend("/clustersize=4/b");
        assertThat(names()).containsExactly(".last", ".next");
    }

    @Test
    void shouldTellWhenAFileLastChanged() throws Exception {
        write(END, "a");
        Instant written = files.find(END).orElseThrow().modified();
        files.create(END);
        files.recordEnd(END, "x", "");
        assertThat(files.find(END).orElseThrow().modified()).isEqualTo(written);
        assertThat(files.find(LAST).orElseThrow().modified()).isAfter(written);
        write(END, "a");
        assertThat(files.find(END).orElseThrow().modified())
                .isAfter(files.find(LAST).orElseThrow().modified());
    }

    @Test
    void shouldDropTheOldestWhenProcessesPileUp() throws Exception {
        write(END, "*");
        files.recordEnd(END, "a", "b");
        for (int pid = 1; pid <= 3 * ControlFiles.MOST_PROCESSES; pid++) {
            write(end(pid), "x");
            write(end(1), "x");
            files.recordEnd(end(pid), "a", "b");
            files.recordAbend("/cluster" + pid, List.of(pid), "a", "b");
            files.recordAbend("/cluster", List.of(pid), "a", "b");
        }
        assertThat(files.list()).hasSizeLessThanOrEqualTo(3 * ControlFiles.MOST_PROCESSES + 4);
        assertThat(files.find(end(3 * ControlFiles.MOST_PROCESSES))).isPresent();
        assertThat(files.find(end(1))).as("rewritten all the time").isPresent();
        assertThat(files.find(end(2))).isEmpty();
        assertThat(read(ABEND).lines()).hasSizeLessThan(2 * ControlFiles.MOST_PROCESSES);
        assertThat(files.find(LAST)).isPresent();
        assertThat(files.endAt("seg")).as("the end for all is never dropped").contains(END);
    }

    @Test
    void shouldForgetEndsOfProcessesThatAreGone() throws Exception {
        write(END, "*");
        write(end(7), "x");
        write(end(8), "x");
        files.recordEnd(end(7), "a", "b");
        files.removeProcesses(pid -> pid == 7);
        assertThat(names()).containsExactly(".end", ".end.8", ".last.7", ".next.7");
    }

    @Test
    void shouldRefuseAnEndForOneProcessOfACluster() throws Exception {
        ControlFiles.requireAllowed(end(7), 1);
        ControlFiles.requireAllowed(END, 4);
        assertThatExceptionOfType(InvalidPatternException.class)
                .isThrownBy(() -> ControlFiles.requireAllowed(end(7), 2))
                .withMessageStartingWith(".end.7: ");
    }

    @Test
    void shouldLetNobodyWriteWhatIsReadOnly() {
        assertThatIllegalArgumentException().isThrownBy(() -> write(LAST, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> files.create(ABEND));
        assertThatIllegalArgumentException().isThrownBy(() -> files.remove(NEXT));
    }

    @Test
    void shouldCallListenersAfterEachChangeOfAnEndUntilTheyAreClosed() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        ControlFiles.Subscription subscription = files.subscribe(calls::incrementAndGet);
        write(END, "*");
        assertThat(calls).hasValue(1);
        write(end(7), "*");
        assertThat(calls).hasValue(2);
        write(END, "\n");
        assertThat(calls).hasValue(3);
        files.remove(end(7));
        assertThat(calls).hasValue(4);
        files.remove(end(7));
        files.removeProcesses(pid -> true);
        files.create(END);
        files.recordEnd(END, "a", "b");
        assertThat(calls).as("no end changed").hasValue(4);
        subscription.close();
        subscription.close();
        write(END, "*");
        assertThat(calls).hasValue(4);
    }

    @Test
    void shouldShowAListenerTheChangeItIsCalledFor() throws Exception {
        List<Optional<ControlName>> seen = new ArrayList<>();
        files.subscribe(() -> seen.add(files.endAt("x")));
        write(END, "x");
        write(END, "");
        assertThat(seen).containsExactly(Optional.of(END), Optional.empty());
    }

    @Test
    void shouldCallTheOthersWhenOneListenerThrows() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            files.subscribe(
                    () -> {
                        calls.incrementAndGet();
                        throw new IllegalStateException("on purpose");
                    });
        }
        write(END, "*");
        assertThat(calls).hasValue(5);
    }
}
