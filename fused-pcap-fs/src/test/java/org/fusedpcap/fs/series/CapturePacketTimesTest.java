package org.fusedpcap.fs.series;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.PcapngBlocks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturePacketTimesTest {

    private static final byte[] FRAME = new byte[60];
    private static final int ETHERNET = 1;

    @TempDir Path directory;

    private OptionalLong firstPacket(byte[] content) throws IOException {
        Path file = Files.write(directory.resolve("f"), content);
        return new CapturePacketTimes().firstPacket(file);
    }

    @Test
    void shouldTellTheTimeInAPcapFile() throws IOException {
        Path file = Captures.in(directory).segment("f", 3).paths().get(0);

        assertThat(new CapturePacketTimes().firstPacket(file).orElseThrow() / 1_000_000_000)
                .isEqualTo(CaptureClock.START.getEpochSecond());
    }

    @Test
    void shouldTellItByTheInterfaceOfTheFirstPacketThatHasOne() throws IOException {
        for (ByteOrder order : new ByteOrder[] {BIG_ENDIAN, LITTLE_ENDIAN}) {
            PcapngBlocks blocks =
                    new PcapngBlocks(order)
                            .section(-1)
                            .ethernet(6)
                            .interfaceOf(ETHERNET, 0, 9, 1_000_000_000)
                            .names()
                            .simplePacket(FRAME)
                            .packet(1, 700_000_000_000_000_123L, FRAME)
                            .packet(0, 5, FRAME);

            assertThat(firstPacket(blocks.toBytes())).hasValue(1_700_000_000_000_000_123L);
        }
    }

    @Test
    void shouldGoByTheInterfacesOfThePacketsOwnSection() throws IOException {
        PcapngBlocks blocks =
                new PcapngBlocks(BIG_ENDIAN).section(-1).ethernet(9).order(LITTLE_ENDIAN);
        blocks.section(-1).ethernet(6).obsoletePacket(0, 1_700_000_000_000_000L, FRAME);

        assertThat(firstPacket(blocks.toBytes())).hasValue(1_700_000_000_000_000_000L);
    }

    @Test
    void shouldLookBehindBlocksLongerThanAnyBuffer() throws IOException {
        PcapngBlocks blocks = new PcapngBlocks(BIG_ENDIAN).section(-1).ethernet(6);
        blocks.unknown(5_000_000).custom(100_000).packet(0, 7, FRAME);

        assertThat(firstPacket(blocks.toBytes())).hasValue(7_000);
    }

    @Test
    void shouldTellNoTimeWhileThereIsNone() throws IOException {
        byte[] file =
                new PcapngBlocks(BIG_ENDIAN).section(-1).ethernet(6).packet(0, 7, FRAME).toBytes();
        for (int length = 0; length < file.length; length++) {
            assertThat(firstPacket(Arrays.copyOf(file, length))).isEmpty();
        }
        byte[] undescribed = new PcapngBlocks(BIG_ENDIAN).section(-1).packet(0, 7, FRAME).toBytes();
        assertThat(firstPacket(undescribed)).isEmpty();
        assertThat(firstPacket(new byte[5000])).isEmpty();
    }
}
