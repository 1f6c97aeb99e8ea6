package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments that are torn, empty or senseless, between others that are not. */
class DamagedSegmentsIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final byte[] SENSELESS =
            "this is no record at all".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest(name = "{0} bytes missing")
    @ValueSource(ints = {1, 15, 40, 75})
    void shouldDropATornRecordAndGoOn(int missing) throws IOException {
        Captures captures =
                MOUNTED.captures().segment("f.1", 20).torn("f.2", 20, missing).segment("f.3", 20);
        assertRead(captures);
        assertThat(MOUNTED.mount().log()).contains("f.2").contains("torn record");
    }

    @Test
    void shouldDropTheRestOfASegmentWhoseRecordsStopMakingSense() throws IOException {
        assertRead(
                MOUNTED.captures()
                        .segment("f.1", 20)
                        .garbled("f.2", 20, SENSELESS)
                        .segment("f.3", 20));
        assertThat(MOUNTED.mount().log()).contains("makes no sense");
    }

    @ParameterizedTest(name = "{0} zeroes")
    @ValueSource(ints = {1, 16, 5000})
    void shouldDropZeroesAtTheEndOfASegment(int zeroes) throws IOException {
        assertRead(
                MOUNTED.captures()
                        .segment("f.1", 20)
                        .garbled("f.2", 20, new byte[zeroes])
                        .segment("f.3", 20));
    }

    @Test
    void shouldPassOverSegmentsWithoutPackets() throws IOException {
        assertRead(
                MOUNTED.captures()
                        .headerOnly("f.1")
                        .segment("f.2", 20)
                        .headerOnly("f.3")
                        .empty("f.4")
                        .segment("f.5", 20)
                        .headerOnly("f.6"));
    }

    @Test
    void shouldPassOverASegmentThatIsNoCapture() throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 20);
        Files.write(MOUNTED.source("f.2"), new byte[1000]);
        captures.segment("f.3", 20);
        assertRead(captures);
        assertThat(MOUNTED.mount().log()).contains("f.2");
    }

    /** Reads it in every way there is. */
    private static void assertRead(Captures captures) throws IOException {
        RollingSource source = RollingSource.of(captures.paths());
        MOUNTED.end("*." + source.last().substring(2));
        for (String path :
                List.of(source.range(), source.first(), "keepcache/" + source.first() + "..")) {
            Pieces.assertSequential(MOUNTED.view(path), source.bytes(), 4096);
        }
        Tool.run("tcpdump", "-n", "-w", "/dev/null", "-r", MOUNTED.view(source.range()).toString())
                .assertWhole();
    }

    @ParameterizedTest(name = "{0}START")
    @ValueSource(strings = {"", "keepcache/"})
    void shouldWaitForAnEmptySegmentThatMayStillGrow(String level) throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 10).empty("f.2");
        StreamReader reader = MOUNTED.read(level + "f.1");
        reader.awaitPosition(RollingSource.of(captures.paths()).length());

        Path empty = MOUNTED.source("f.2");
        byte[] header = Files.readAllBytes(MOUNTED.source("f.1"));
        Files.write(empty, header, StandardOpenOption.APPEND);

        reader.awaitPosition(RollingSource.of(captures.paths()).length());
    }

    @ParameterizedTest(name = "{0}START")
    @ValueSource(strings = {"", "keepcache/"})
    void shouldWaitForTheHeaderOfTheFirstSegment(String level) throws IOException {
        Captures captures = MOUNTED.captures().empty("f.1");
        StreamReader reader = MOUNTED.read(level + "f.1");
        captures.segment("f.1", 10);

        reader.awaitPosition(RollingSource.of(captures.paths()).length());
    }

    @Test
    void shouldBeWholeAtEveryMomentAsAClosedRangeOfAGrowingFile() throws IOException {
        Path template = MOUNTED.captures().segment("other.pcap", 60).paths().get(0);
        byte[] whole = Files.readAllBytes(template);
        Path growing = MOUNTED.source("f.1");
        for (int end = 24; end < whole.length; end += 331) {
            Files.write(growing, Arrays.copyOf(whole, end));
            Pieces.assertSequential(
                    MOUNTED.view("f.1..f.1"),
                    Arrays.copyOf(whole, RollingSource.wholeEnd(growing)),
                    8192);
        }
    }
}
