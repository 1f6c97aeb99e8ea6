package org.fusedpcap.cluster.pcap;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
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

class RecordConversionTest {

    private static final int ETHERNET = 1;
    private static final int SECONDS = 1_700_000_000;

    private static PcapHeader form(ByteOrder order, int magic, int minor)
            throws InvalidCaptureException {
        return header(order, magic, minor, ETHERNET);
    }

    /** The record's fields behind the conversion, as a reader of the stream takes them. */
    private static int[] convert(PcapHeader from, PcapHeader to, int... fields) {
        ByteBuffer bytes = ByteBuffer.allocate(3 + from.recordHeaderLength()).order(from.order());
        for (int i = 0; i < fields.length; i++) {
            bytes.putInt(3 + 4 * i, fields[i]);
        }
        to.conversionFrom(from).orElseThrow().rewrite(bytes, 3);
        bytes.order(to.order());
        int[] got = new int[fields.length];
        for (int i = 0; i < fields.length; i++) {
            got[i] = bytes.getInt(3 + 4 * i);
        }
        return got;
    }

    @Test
    void shouldTurnTheByteOrder() throws InvalidCaptureException {
        PcapHeader big = form(BIG_ENDIAN, MAGIC_MICROS, 4);
        PcapHeader little = form(LITTLE_ENDIAN, MAGIC_MICROS, 4);

        assertThat(convert(big, little, SECONDS, 999_999, 60, 1500))
                .containsExactly(SECONDS, 999_999, 60, 1500);
        assertThat(convert(little, big, SECONDS, 999_999, 60, 1500))
                .containsExactly(SECONDS, 999_999, 60, 1500);
    }

    @Test
    void shouldChangeTheResolution() throws InvalidCaptureException {
        PcapHeader micros = form(LITTLE_ENDIAN, MAGIC_MICROS, 4);
        PcapHeader nanos = form(BIG_ENDIAN, MAGIC_NANOS, 4);

        assertThat(convert(micros, nanos, SECONDS, 123_456, 60, 60))
                .containsExactly(SECONDS, 123_456_000, 60, 60);
        assertThat(convert(nanos, micros, SECONDS, 123_456_789, 60, 60))
                .containsExactly(SECONDS, 123_456, 60, 60);
        assertThat(nanos.conversionFrom(micros).orElseThrow().losesDigits()).isFalse();
        assertThat(micros.conversionFrom(nanos).orElseThrow().losesDigits()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1000000, 1, 0", "2500000, 2, 500000000", "-1, 4294, 967295000"})
    void shouldKeepATimeWhoseFractionIsMoreThanASecond(int micros, int seconds, int nanos)
            throws InvalidCaptureException {
        int[] got =
                convert(
                        form(LITTLE_ENDIAN, MAGIC_MICROS, 4),
                        form(LITTLE_ENDIAN, MAGIC_NANOS, 4),
                        SECONDS,
                        micros,
                        60,
                        60);

        assertThat(got).containsExactly(SECONDS + seconds, nanos, 60, 60);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldPutTheLengthsInTheOrderOfTheVersion(int old) throws InvalidCaptureException {
        PcapHeader once = form(BIG_ENDIAN, MAGIC_MICROS, old);
        PcapHeader between = form(BIG_ENDIAN, MAGIC_MICROS, 3);
        PcapHeader now = form(BIG_ENDIAN, MAGIC_MICROS, 4);

        assertThat(convert(once, now, SECONDS, 7, 1500, 60)).endsWith(60, 1500);
        assertThat(convert(between, now, SECONDS, 7, 1500, 60)).endsWith(60, 1500);
        assertThat(convert(between, now, SECONDS, 7, 60, 1500)).endsWith(60, 1500);
        assertThat(convert(now, once, SECONDS, 7, 60, 1500)).endsWith(1500, 60);
        assertThat(convert(now, between, SECONDS, 7, 60, 1500)).endsWith(60, 1500);
        assertThat(convert(now, once, SECONDS, 7, 60, 60)).endsWith(60, 60);
    }

    @Test
    void shouldTurnWhatKuznetzovsHeadersHaveMore() throws InvalidCaptureException {
        PcapHeader big = form(BIG_ENDIAN, MAGIC_KUZNETZOV, 4);
        PcapHeader little = form(LITTLE_ENDIAN, MAGIC_KUZNETZOV, 4);
        ByteBuffer bytes = ByteBuffer.allocate(24).order(BIG_ENDIAN);
        bytes.putInt(SECONDS).putInt(7).putInt(60).putInt(60);
        bytes.putInt(3).putShort((short) 0x0800).put((byte) 4).put((byte) 5);

        little.conversionFrom(big).orElseThrow().rewrite(bytes, 0);

        ByteBuffer expected = ByteBuffer.allocate(24).order(LITTLE_ENDIAN);
        expected.putInt(SECONDS).putInt(7).putInt(60).putInt(60);
        expected.putInt(3).putShort((short) 0x0800).put((byte) 4).put((byte) 5);
        assertThat(bytes.array()).isEqualTo(expected.array());
    }

    @Test
    void shouldNotBePossibleWhereTheLinkTypeOrTheLengthOfHeadersIsAnother()
            throws InvalidCaptureException {
        PcapHeader plain = form(LITTLE_ENDIAN, MAGIC_MICROS, 4);

        assertThat(plain.conversionFrom(form(LITTLE_ENDIAN, MAGIC_KUZNETZOV, 4))).isEmpty();
        assertThat(form(LITTLE_ENDIAN, MAGIC_KUZNETZOV, 4).conversionFrom(plain)).isEmpty();
        assertThat(plain.conversionFrom(header(BIG_ENDIAN, MAGIC_MICROS, 4, LinkTypes.RAW)))
                .isEmpty();
    }

    @Test
    void shouldTellTheSnapLengthThatCounts() throws InvalidCaptureException {
        PcapHeader form = form(BIG_ENDIAN, MAGIC_MICROS, 4);
        ByteBuffer bytes = HeaderBytes.file(BIG_ENDIAN, MAGIC_MICROS, 2, 4, ETHERNET);

        assertThat(form.effectiveSnaplen()).isEqualTo(65535);
        for (int unlimited : new int[] {0, -1, Integer.MAX_VALUE}) {
            PcapHeader wide = PcapHeader.parse(form.withSnaplen(bytes, unlimited));
            assertThat(wide.effectiveSnaplen()).isEqualTo(262_144);
        }
        ByteBuffer wider = form.withSnaplen(bytes, 100_000);
        assertThat(PcapHeader.parse(wider).snaplen()).isEqualTo(100_000);
        assertThat(wider.putInt(16, 65535)).isEqualTo(bytes);
    }
}
