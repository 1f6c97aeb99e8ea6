package org.fusedpcap.testkit.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.traffic.FrameSource;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.CaptureProgram;
import org.fusedpcap.testkit.writer.RollOver;
import org.fusedpcap.testkit.writer.RollingCapture;
import org.fusedpcap.testkit.writer.WriterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found wrong with the members of a cluster; they are shells that play their parts. */
class SessionTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PACKETS = 40;
    private static final String ALL = "cat \"$1\"";
    private static final String HEADER = "head -c 24 \"$1\"";
    private static final String NOTHING = "exit 1";
    private static final String NO_FILE = "echo 'cat: x: No such file or directory' >&2; exit 1";

    @TempDir private Path folder;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Findings findings =
            new Findings(new PrintStream(told, true, StandardCharsets.UTF_8));
    private Written written;
    private Written.Segment start;
    private Path file;

    @Test
    void shouldFindAFaultWhenAllMembersFailWithoutAPacket() throws Exception {
        write(0);
        judge(NOTHING, NOTHING);
        assertThat(faults()).anyMatch(fault -> fault.contains("packets missing"));
        assertThat(faults()).anyMatch(fault -> fault.contains("exit status 1"));
    }

    @Test
    void shouldFindAFaultWhenAllMembersSucceedWithoutAPacket() throws Exception {
        write(0);
        judge(HEADER, HEADER);
        assertThat(faults()).singleElement().asString().contains(PACKETS + " packets missing");
    }

    @Test
    void shouldFindNoFaultWhenOneMemberHasAllPackets() throws Exception {
        write(0);
        judge(ALL, HEADER);
        assertThat(faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {HEADER + "; exit 3", NO_FILE})
    void shouldFindAFaultWhenAMemberFailsWithoutAPacket(String member) throws Exception {
        write(0);
        judge(ALL, member);
        assertThat(faults()).anyMatch(fault -> fault.contains("exit status"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dd: failed to open 'x': Invalid argument",
                "tshark: The file \"x\" doesn't exist.",
                "tshark: The file \"x\" could not be created because an invalid filename was"
                        + " specified."
            })
    void shouldFindNoFaultWhenTheFirstSegmentWasGoneAtTheOpen(String complaint) throws Exception {
        write(2);
        judge(NO_FILE, "cat >&2 <<'EOF'\n" + complaint + "\nEOF\nexit 1");
        assertThat(faults()).isEmpty();
    }

    @Test
    void shouldFindAFaultWhenTheFirstSegmentWasGoneAndAMemberFailsForAnotherReason()
            throws Exception {
        write(2);
        judge(NO_FILE, NOTHING);
        assertThat(faults()).singleElement().asString().contains("exit status 1");
    }

    @Test
    void shouldFindNoFaultWhereThereWasNothingToRead() throws Exception {
        written = new Written(0);
        written.opening(folder.resolve("x.1"));
        start = written.newest();
        file = Files.createFile(folder.resolve("x.1"));
        judge(NOTHING, ALL);
        assertThat(faults()).isEmpty();
    }

    private List<String> faults() {
        return told.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Three segments, the first of which is read from; of a ring of two it is gone. */
    private void write(int ring) throws IOException {
        written = new Written(ring);
        FrameSource frames = written.recording(new Traffic(TrafficSpec.ofSeed(1)));
        WriterSpec spec =
                WriterSpec.of(CaptureProgram.DAEMONLOGGER).with(RollOver.packets(PACKETS));
        List<Path> files = new ArrayList<>();
        try (RollingCapture capture =
                new RollingCapture(
                        Files.createDirectory(folder.resolve("captures")),
                        spec,
                        CaptureClock.virtual(CaptureClock.START, 1_000_000_000L),
                        path -> {
                            written.opening(path);
                            files.add(path);
                        })) {
            for (int i = 0; i < 3 * PACKETS; i++) {
                capture.write(frames);
            }
        }
        file = files.get(0);
        start = written.segmentOf(0);
    }

    private void judge(String... members) throws IOException {
        List<Reader> readers = new ArrayList<>();
        for (String member : members) {
            readers.add(
                    Reader.start(
                            Tool.CAT,
                            List.of("bash", "-c", member, "bash", file.toString()),
                            folder,
                            new Received(written, Grouping.ofMode(0, false), 0)));
        }
        for (Reader reader : readers) {
            assertThat(reader.await(LIMIT)).isTrue();
        }
        StreamPath path = new StreamPath(folder, "", start, Optional.empty());
        new Session(findings, written, path, readers).judge();
    }
}
