package org.fusedpcap.fs.mounted;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import org.fusedpcap.testkit.writer.PcapngBlocks;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Blocks at which tshark stops with an error: they end their file and no more, so that it reads all
 * the files behind it.
 */
class PcapngUnreadableIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int PACKETS = 100;
    private static final byte[] FRAME = new byte[60];

    enum Unreadable {
        PACKET_WITHOUT_INTERFACE(new PcapngBlocks(LITTLE_ENDIAN).packet(1, 5, FRAME)),
        OBSOLETE_PACKET_WITHOUT_INTERFACE(
                new PcapngBlocks(LITTLE_ENDIAN).obsoletePacket(1, 5, FRAME)),
        SIMPLE_PACKET_WITHOUT_INTERFACE(
                new PcapngBlocks(LITTLE_ENDIAN).section(-1).simplePacket(FRAME)),
        PACKET_TOO_LONG(new PcapngBlocks(LITTLE_ENDIAN).packet(0, 5, new byte[300_000])),
        SIMPLE_PACKET_LONGER_THAN_ITS_BLOCK(
                new PcapngBlocks(LITTLE_ENDIAN).simplePacket(FRAME), 8, 1000),
        SIMPLE_PACKET_SHORTER_THAN_ITS_BLOCK(
                new PcapngBlocks(LITTLE_ENDIAN).simplePacket(FRAME), 8, 10),
        SECTION_OF_UNKNOWN_VERSION(new PcapngBlocks(LITTLE_ENDIAN).section(-1), 12, 2);

        private final byte[] blocks;

        Unreadable(PcapngBlocks blocks) {
            this.blocks = blocks.toBytes();
        }

        Unreadable(PcapngBlocks blocks, int offset, int value) {
            this(blocks);
            ByteBuffer.wrap(this.blocks).order(LITTLE_ENDIAN).putInt(offset, value);
        }
    }

    private static byte[] file() {
        PcapngBlocks blocks = new PcapngBlocks(LITTLE_ENDIAN).section(-1).ethernet(6);
        for (int i = 0; i < PACKETS; i++) {
            blocks.packet(0, i, FRAME);
        }
        return blocks.toBytes();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Reads a file with tshark. */
    private static Tool.Result tshark(String path) throws IOException {
        return Tool.run("tshark", "-n", "-r", path, "-T", "fields", "-e", "frame.number");
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndItsFileAndNoMore(Unreadable bad) throws IOException {
        byte[] whole = file();
        Files.write(MOUNTED.source("f.1"), whole);
        Files.write(MOUNTED.source("f.2"), join(whole, bad.blocks, whole));
        Files.write(MOUNTED.source("f.3"), whole);
        assertThat(tshark("" + MOUNTED.source("f.2")).status()).isNotZero();
        MOUNTED.end("f.3");

        for (String path : List.of("f.1..f.3", "f.1", "keepcache/f.1..f.3", "keepcache/f.1..")) {
            Tool.Result read = tshark("" + MOUNTED.view(path));
            assertThat(read.assertWhole().output().lines()).as(path).hasSize(3 * PACKETS);
        }
        assertThat(MOUNTED.mount().log()).contains("f.2: the record at offset " + whole.length);
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndItsFileInAClusterToo(Unreadable bad) throws IOException {
        byte[] whole = file();
        Files.write(MOUNTED.source("f.1"), join(whole, bad.blocks, whole));
        Files.write(MOUNTED.source("f.2"), whole);
        String path = "" + MOUNTED.view("clustersize=2/f.1..f.2");

        Tool.Result both =
                Tool.shell(
                        "tshark -n -r %1$s -T fields -e frame.number & tshark -n -r %1$s -T fields"
                                        .formatted(path)
                                + " -e frame.number && wait $!");

        assertThat(both.assertWhole().output().lines()).hasSize(2 * PACKETS);
    }
}
