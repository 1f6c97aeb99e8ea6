package org.fusedpcap.testkit.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.fusedpcap.testkit.writer.CaptureFormat.Container;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tshark and tcpdump make of the frames; both must be installed. */
class RealToolsTest {

    private static final int FRAMES = 1500;
    private static final String BAD = "0";
    private static final String SEVERITY = "_ws.expert.severity";

    // The severities of expert information are comment, chat, note, warning and error; a bad
    // checksum is an error, and a lost segment a warning.
    private static final int CHAT = 0x200000;

    @TempDir Path directory;

    private Path capture(Profile profile, CaptureFormat format) throws IOException {
        return capture(spec(profile), format);
    }

    private static TrafficSpec spec(Profile profile) {
        return TrafficSpec.ofSeed(11).with(profile).withConversations(400);
    }

    private Path capture(TrafficSpec spec, CaptureFormat format) throws IOException {
        return Captures.in(directory)
                .format(format)
                .traffic(spec)
                .segment("frames.pcap", FRAMES)
                .paths()
                .get(0);
    }

    /** Lines that a program says on standard output; anything on standard error is a failure. */
    private List<String> run(String... command) throws IOException, InterruptedException {
        Path errors = directory.resolve("errors");
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(command)
                        .redirectError(errors.toFile())
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("in time").isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readAllLines(output);
    }

    private List<String> tshark(Path capture, String... fields) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        for (String protocol : List.of("ip", "tcp", "udp")) {
            command.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
        }
        command.addAll(List.of("-o", "sctp.checksum:CRC 32c", "-T", "fields"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        return run(command.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "vlan", "tunnels", "fragments", "udp"})
    void shouldHaveFramesThatTsharkFindsNothingWrongWith(String profile) throws Exception {
        Path capture = capture(Profile.named(profile), CaptureFormat.PCAP);
        List<String> lines = tshark(capture, "_ws.malformed", SEVERITY);
        assertThat(lines)
                .hasSize(FRAMES)
                .allSatisfy(line -> assertThat(worst(line)).isLessThanOrEqualTo(CHAT));
    }

    @ParameterizedTest
    @EnumSource(value = Link.class, names = "ETHERNET", mode = EnumSource.Mode.EXCLUDE)
    void shouldHaveFramesOfEveryLinkThatTsharkFindsNothingWrongWith(Link link) throws Exception {
        Path capture = capture(spec(Profile.PLAIN).with(link), CaptureFormat.PCAP);
        List<String> lines = tshark(capture, "_ws.malformed", SEVERITY, "tcp.srcport");
        assertThat(lines).hasSize(FRAMES);
        assertThat(lines.stream().filter(line -> line.matches(".*\\t[0-9]+")).count())
                .as("frames with TCP ports")
                .isGreaterThan(FRAMES / 2);
        assertThat(lines)
                .allSatisfy(
                        line ->
                                assertThat(worst(line.substring(0, line.lastIndexOf('\t'))))
                                        .isLessThanOrEqualTo(CHAT));
    }

    @Test
    void shouldBeFoundOutByTsharkWhenAByteIsChanged() throws Exception {
        Path capture = capture(Profile.UDP, CaptureFormat.PCAP);
        byte[] bytes = Files.readAllBytes(capture);
        bytes[bytes.length - 1] ^= 1;
        Files.write(capture, bytes);
        List<String> lines = tshark(capture, "_ws.malformed", SEVERITY);
        assertThat(worst(lines.get(FRAMES - 1))).isGreaterThan(CHAT);
    }

    // A quoted TCP header is checked with the error's own marker behind it, and found wrong, as
    // those in any network are; what counts is the error's checksum.
    @Test
    void shouldHaveErrorsWithRightChecksums() throws Exception {
        Path capture = capture(Profile.ERRORS, CaptureFormat.PCAP);
        List<String> lines =
                tshark(
                        capture,
                        "_ws.malformed",
                        "ip.checksum.status",
                        "icmp.checksum.status",
                        "icmpv6.checksum.status");
        assertThat(lines)
                .hasSize(FRAMES)
                .allSatisfy(line -> assertThat(line.split("[\\t,]")).doesNotContain(BAD))
                .allSatisfy(line -> assertThat(line).doesNotContain("alformed"));
    }

    private static int worst(String line) {
        assertThat(line).doesNotContain("alformed");
        int worst = 0;
        for (String value : line.trim().split("[\\t,]")) {
            worst = value.isEmpty() ? worst : Math.max(worst, Integer.parseInt(value));
        }
        return worst;
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void shouldBeReadByTcpdump(Container container) throws Exception {
        Path capture = capture(Profile.PLAIN, CaptureFormat.PCAP.with(container));
        assertThat(run("tcpdump", "-n", "-q", "-r", capture.toString()))
                .filteredOn(line -> line.startsWith("10:11:"))
                .hasSize(FRAMES);
    }

    @Test
    void shouldBeReadByTcpdumpWhateverJunkThereIs() throws Exception {
        Path capture = capture(Profile.JUNK, CaptureFormat.PCAP);
        Path copy = directory.resolve("copy.pcap");
        run("tcpdump", "-r", capture.toString(), "-w", copy.toString());
        assertThat(copy).hasSameBinaryContentAs(capture);
    }
}
