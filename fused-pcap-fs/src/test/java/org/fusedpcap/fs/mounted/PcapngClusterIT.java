package org.fusedpcap.fs.mounted;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fusedpcap.fs.mounted.Tool.Result;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.LiveWriter;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.fusedpcap.testkit.writer.CaptureFormat.Container;
import org.fusedpcap.testkit.writer.CaptureProgram;
import org.fusedpcap.testkit.writer.PcapngBlocks;
import org.fusedpcap.testkit.writer.RollOver;
import org.fusedpcap.testkit.writer.WriterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** pcapng that is shared out among members: each one's file is a capture by itself. */
class PcapngClusterIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int MEMBERS = 4;

    /** The traffic's ports are others on Ethernet than on raw IP; its addresses are the same. */
    private static final int BY_ADDRESSES = 2;

    private static final int USB_LINUX = 189;

    private static List<Path> everything() throws IOException {
        return new PcapngSource(MOUNTED.source(), 1)
                .segment("f.1", LITTLE_ENDIAN)
                .segment("f.2", BIG_ENDIAN, LITTLE_ENDIAN, BIG_ENDIAN)
                .segment("f.3", BIG_ENDIAN, BIG_ENDIAN)
                .segment("f.4", LITTLE_ENDIAN)
                .files();
    }

    private static Path stream(String options, String name) {
        return MOUNTED.view("clustersize=%d%s/%s".formatted(MEMBERS, options, name));
    }

    @ParameterizedTest(name = "{0}, blocks of {1}")
    @CsvSource({
        "',clustermode=2', 131072",
        "',clustermode=2', 1000",
        "',clustermode=2,keepcache', 4096",
        "',clustermode=2,keepcache', 1000000",
    })
    void shouldGiveEachConversationToOneMemberWhateverItsLinkType(String options, int piece)
            throws IOException {
        List<Path> files = everything();
        Path range = stream(options, "f.1..f.4");

        try (ClusterMembers cluster =
                ClusterMembers.start(MEMBERS, "dd", "if=" + range, "bs=" + piece, "status=none")) {
            cluster.awaitQuietEnds();
            Grouping grouping = Grouping.ofMode(BY_ADDRESSES, false);
            assertThat(cluster.judge(Expectation.ofFiles(files), grouping).toString())
                    .startsWith("ok");
            for (Tool member : cluster.all()) {
                assertThat(member.outputFile().toFile().length()).isPositive();
                assertValid(member.outputFile(), files);
            }
        }
    }

    /** Every member has every block that is no packet. */
    private static void assertValid(Path capture, List<Path> files) throws IOException {
        String path = capture.toString();
        Tool.run("tshark", "-n", "-r", path).assertWhole();
        Result infos = Tool.run("capinfos", "-c", "-I", path).assertWhole();
        assertThat(infos.output()).contains("Number of interfaces in file: 21");
        assertThat(blocksBesidePackets(Files.readAllBytes(capture)))
                .isEqualTo(files.stream().mapToLong(PcapngClusterIT::blocksBesidePackets).sum());
    }

    private static long blocksBesidePackets(Path file) {
        try {
            return blocksBesidePackets(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long blocksBesidePackets(byte[] capture) {
        ByteBuffer bytes = ByteBuffer.wrap(capture);
        long count = 0;
        for (int at = 0; at < capture.length; ) {
            if (bytes.getInt(at) == 0x0a0d0d0a) {
                bytes.order(BIG_ENDIAN);
                bytes.order(bytes.getInt(at + 8) == 0x1a2b3c4d ? BIG_ENDIAN : LITTLE_ENDIAN);
            }
            int type = bytes.getInt(at);
            count += type == 2 || type == 3 || type == 6 ? 0 : 1;
            at += bytes.getInt(at + 4);
        }
        return count;
    }

    @ParameterizedTest(name = "{0} interfaces in turn, big endian: {1}, {2}")
    @CsvSource({
        "PCAPNG, false, ''",
        "PCAPNG, true, keepcache",
        "PCAPNG_INTERFACES, true, ''",
        "PCAPNG_INTERFACES, false, keepcache"
    })
    void shouldShareOutWhatIsWrittenOverRollOvers(Container container, boolean big, String caching)
            throws IOException {
        CaptureFormat format =
                CaptureFormat.PCAPNG.with(container).with(big ? BIG_ENDIAN : LITTLE_ENDIAN);
        WriterSpec spec =
                WriterSpec.of(CaptureProgram.DUMPCAP)
                        .with(format.withNanos(true))
                        .with(RollOver.packets(3000));
        TrafficSpec traffic = TrafficSpec.ofSeed(7).with(Profile.VLAN).withConversations(2000);
        try (LiveWriter writer = LiveWriter.start(MOUNTED.source(), spec, traffic, 10_000)) {
            String first = writer.files().get(0).getFileName().toString();
            Limits.await(first).until(() -> Files.exists(MOUNTED.view(first)));
            String options = caching.isEmpty() ? "" : "," + caching;
            try (ClusterMembers cluster = ClusterMembers.cat(MEMBERS, stream(options, first))) {
                Limits.await("5 roll-overs").until(() -> writer.files().size() > 5);
                writer.kill();
                List<Path> files = writer.files();
                MOUNTED.end(files.get(files.size() - 1).getFileName().toString());
                cluster.awaitQuietEnds();
                assertThat(
                                cluster.judge(Expectation.ofFiles(files), Grouping.ofMode(0, false))
                                        .toString())
                        .startsWith("ok");
            }
        }
    }

    @ParameterizedTest(name = "clustersize=4{0}")
    @ValueSource(strings = {"", ",keepcache"})
    void shouldBeReadByTcpdumpAsAMember(String caching) throws IOException {
        Captures captures =
                MOUNTED.captures()
                        .format(CaptureFormat.PCAPNG.with(Container.PCAPNG_INTERFACES))
                        .segment("f.1", 2000)
                        .torn("f.2", 2000, 10)
                        .segment("f.3", 1000);
        try (ClusterMembers members =
                ClusterMembers.start(
                        MEMBERS,
                        "tcpdump",
                        "-n",
                        "-r",
                        stream(caching, "f.1..f.3").toString(),
                        "-w",
                        "-")) {
            for (Tool tool : members.all()) {
                Result result = tool.await();
                assertThat(result.status()).isZero();
                assertThat(result.errors()).startsWith("reading from file").hasLineCount(1);
            }
            assertThat(members.judge(captures.expectation(), Grouping.ofMode(0, false)).toString())
                    .startsWith("ok");
        }
    }

    @Test
    void shouldRefuseAFileInWhichNothingCanBeToldApart() throws IOException {
        byte[] usb =
                new PcapngBlocks(BIG_ENDIAN)
                        .section(-1)
                        .interfaceOf(USB_LINUX, 0, 6, 0)
                        .packet(0, 0, new byte[64])
                        .toBytes();
        Files.write(MOUNTED.source("f.1"), usb);

        assertThat(Errno.of(() -> Files.newByteChannel(stream("", "f.1")).close()))
                .isEqualTo(Errno.EINVAL);
        assertThat(MOUNTED.mount().log()).contains("link type 189 cannot be shared out by flow");
    }

    @Test
    void shouldGiveOneMemberAllThatCannotBeToldApart() throws IOException {
        PcapngBlocks blocks = new PcapngBlocks(BIG_ENDIAN).section(-1).ethernet(6);
        blocks.interfaceOf(USB_LINUX, 0, 6, 0);
        for (int i = 0; i < 100; i++) {
            blocks.packet(1, i, new byte[64]).packet(0, i, new byte[64]);
        }
        Files.write(MOUNTED.source("f.1"), blocks.toBytes());

        try (ClusterMembers cluster = ClusterMembers.cat(MEMBERS, stream("", "f.1..f.1"))) {
            cluster.awaitQuietEnds();
            List<Long> loads =
                    cluster.all().stream()
                            .map(tool -> tool.outputFile().toFile().length())
                            .toList();
            int headers = 28 + 2 * 44;
            assertThat(loads.stream().mapToLong(load -> load - headers).sum())
                    .isEqualTo(200 * (32 + 64));
            assertThat(loads).anyMatch(load -> load >= headers + 100 * (32 + 64));
        }
        assertThat(MOUNTED.mount().log()).contains("packets of link type 189");
    }
}
