package org.fusedpcap.cluster.pcap;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.cluster.pcap.HeaderBytes.file;
import static org.fusedpcap.cluster.pcap.HeaderBytes.header;
import static org.fusedpcap.cluster.pcap.PcapFormat.MAGIC_KUZNETZOV;
import static org.fusedpcap.cluster.pcap.PcapFormat.MAGIC_MICROS;
import static org.fusedpcap.cluster.pcap.PcapFormat.MAGIC_NANOS;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapHeaderTest {

    @ParameterizedTest
    @CsvSource({
        "a1b2c3d4, MICROSECONDS, 16",
        "a1b23c4d, NANOSECONDS, 16",
        "a1b2cd34, MICROSECONDS, 24"
    })
    void shouldKnowEachMagicInBothOrders(String magic, Resolution resolution, int recordHeader)
            throws InvalidCaptureException {
        int number = Integer.parseUnsignedInt(magic, 16);
        for (ByteOrder order : new ByteOrder[] {BIG_ENDIAN, LITTLE_ENDIAN}) {
            PcapHeader header = header(order, number, 4, 1);

            assertThat(header)
                    .isEqualTo(new PcapHeader(order, resolution, recordHeader, 4, 65535, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void shouldReadVersionsUpToTwoFour(int minor) throws InvalidCaptureException {
        assertThat(header(LITTLE_ENDIAN, MAGIC_MICROS, minor, 1).minorVersion()).isEqualTo(minor);
    }

    @ParameterizedTest
    @CsvSource({"2, 5", "2, 65535", "1, 4", "3, 0", "0, 0"})
    void shouldRefuseOtherVersions(int major, int minor) {
        assertThatThrownBy(() -> PcapHeader.parse(file(BIG_ENDIAN, MAGIC_MICROS, major, minor, 1)))
                .isInstanceOf(InvalidCaptureException.class)
                .hasMessageContaining(major + "." + minor);
    }

    @Test
    void shouldRefuseAnUnknownMagicAndQuoteIt() {
        assertThatThrownBy(() -> PcapHeader.parse(file(BIG_ENDIAN, 0x7f454c46, 2, 4, 1)))
                .isInstanceOf(InvalidCaptureException.class)
                .hasMessageContaining("7f454c46");
    }

    @Test
    void shouldRefuseLessThanAHeader() {
        ByteBuffer cut = file(BIG_ENDIAN, MAGIC_MICROS, 2, 4, 1).limit(23);

        assertThatThrownBy(() -> PcapHeader.parse(cut))
                .isInstanceOf(InvalidCaptureException.class)
                .hasMessageContaining("23");
    }

    @Test
    void shouldReadAtThePositionAndLeaveItAlone() throws InvalidCaptureException {
        ByteBuffer bytes = ByteBuffer.allocate(40);
        bytes.put(8, file(LITTLE_ENDIAN, MAGIC_NANOS, 2, 4, 113), 0, 24).position(8);

        assertThat(PcapHeader.parse(bytes).linkType()).isEqualTo(LinkTypes.LINUX_SLL);
        assertThat(bytes.position()).isEqualTo(8);
        assertThat(bytes.order()).isEqualTo(BIG_ENDIAN);
    }

    @Test
    void shouldTakeTheLinkTypeWithoutTheFrameCheckSequenceBits() throws InvalidCaptureException {
        PcapHeader plain = header(LITTLE_ENDIAN, MAGIC_MICROS, 4, LinkTypes.ETHERNET);
        PcapHeader checked = header(LITTLE_ENDIAN, MAGIC_MICROS, 4, 0x44000000 | 1);

        assertThat(checked.linkType()).isEqualTo(LinkTypes.ETHERNET);
        assertThat(plain.hasSameRecordForm(checked)).isTrue();
    }

    @Test
    void shouldLetRecordsFollowOnlyInTheSameForm() throws InvalidCaptureException {
        PcapHeader form = header(LITTLE_ENDIAN, MAGIC_MICROS, 4, 1);

        assertDiffers(form, header(BIG_ENDIAN, MAGIC_MICROS, 4, 1), "BIG_ENDIAN");
        assertDiffers(form, header(LITTLE_ENDIAN, MAGIC_NANOS, 4, 1), "NANOSECONDS");
        assertDiffers(form, header(LITTLE_ENDIAN, MAGIC_KUZNETZOV, 4, 1), "24 bytes");
        assertDiffers(form, header(LITTLE_ENDIAN, MAGIC_MICROS, 4, 101), "link type 101");
        assertThat(form.hasSameRecordForm(header(LITTLE_ENDIAN, MAGIC_MICROS, 4, 1))).isTrue();
        assertThat(form.differenceTo(form)).isEqualTo("no difference");
    }

    /** A reader swaps the lengths by the version in the stream's header. */
    @Test
    void shouldNotLetRecordsFollowWhoseLengthsMayBeSwapped() throws InvalidCaptureException {
        PcapHeader now = header(LITTLE_ENDIAN, MAGIC_MICROS, 4, 1);
        PcapHeader once = header(LITTLE_ENDIAN, MAGIC_MICROS, 2, 1);
        PcapHeader between = header(LITTLE_ENDIAN, MAGIC_MICROS, 3, 1);

        assertDiffers(now, once, "version 2.2");
        assertDiffers(now, between, "version 2.3");
        assertDiffers(between, once, "version 2.2");
        assertThat(once.hasSameRecordForm(header(LITTLE_ENDIAN, MAGIC_MICROS, 0, 1))).isTrue();
    }

    private static void assertDiffers(PcapHeader form, PcapHeader other, String why) {
        assertThat(form.hasSameRecordForm(other)).isFalse();
        assertThat(form.differenceTo(other)).contains(why);
    }

    @Test
    void shouldTellAWrongMagicNumberFromItsFirstBytes() throws InvalidCaptureException {
        PcapHeader.checkBeginning(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        PcapHeader.checkBeginning(
                ByteBuffer.wrap(
                        new byte[] {(byte) 0xd4, (byte) 0xc3, (byte) 0xb2, (byte) 0xa1, 2}));

        assertThatThrownBy(
                        () ->
                                PcapHeader.checkBeginning(
                                        ByteBuffer.wrap("garbage".getBytes(US_ASCII))))
                .isInstanceOf(InvalidCaptureException.class)
                .hasMessageContaining("unknown magic number 67617262");
    }
}
