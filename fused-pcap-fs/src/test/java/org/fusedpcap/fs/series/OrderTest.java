package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.series.SourceDirectoryFixture.walk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.fusedpcap.fs.options.SegmentOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders other than that of the names, rings found half-way round, and series named by hand. */
class OrderTest {

    private static final int MICROS = 0xa1b2c3d4;
    private static final int NANOS = 0xa1b23c4d;

    @TempDir Path path;
    SourceDirectoryFixture source;

    @BeforeEach
    void watch() throws IOException {
        source = SourceDirectoryFixture.watched(path);
    }

    @AfterEach
    void unwatch() {
        source.close();
    }

    @Test
    void shouldOrderByTimeOfModificationThenByName() throws IOException {
        source.create("f1", "f2", "f3", "f4");
        source.touch("f3", 100);
        source.touch("f4", 200);
        source.touch("f1", 300);
        source.touch("f2", 300);

        assertThat(walk(source.open("f3", SegmentOrder.MTIME)))
                .containsExactly("f3", "f4", "f1", "f2");
    }

    @Test
    void shouldMoveASegmentWhoseTimeOfModificationIsSet() throws IOException {
        source.create("f1", "f2", "f3");
        source.touch("f1", 100);
        source.touch("f2", 200);
        source.touch("f3", 300);
        StartedSeries started = source.open("f1", SegmentOrder.MTIME);
        source.touch("f2", 400);

        Awaitility.await()
                .atMost(SourceDirectoryFixture.LIMIT)
                .until(() -> walk(started).equals(List.of("f1", "f3", "f2")));
    }

    @Test
    void shouldOrderByTheFirstPacketInAnyByteOrderAndResolution() throws IOException {
        capture("f1", MICROS, ByteOrder.LITTLE_ENDIAN, 1000, 500_000);
        capture("f2", NANOS, ByteOrder.BIG_ENDIAN, 1000, 499_999_999);
        capture("f3", NANOS, ByteOrder.LITTLE_ENDIAN, 999, 0);
        capture("f4", MICROS, ByteOrder.BIG_ENDIAN, 1000, 499_999);

        assertThat(walk(source.open("f3", SegmentOrder.PACKET)))
                .containsExactly("f3", "f4", "f2", "f1");
    }

    @Test
    void shouldPutASegmentWithoutPacketLastUntilItHasOne() throws IOException {
        capture("f1", MICROS, ByteOrder.LITTLE_ENDIAN, 1000, 0);
        capture("f3", MICROS, ByteOrder.LITTLE_ENDIAN, 3000, 0);
        source.write("f2", "");
        StartedSeries started = source.open("f1", SegmentOrder.PACKET);
        Segment empty = started.series().require("f2");
        assertThat(walk(started)).containsExactly("f1", "f3", "f2");

        capture("f2", MICROS, ByteOrder.LITTLE_ENDIAN, 2000, 0);

        Awaitility.await()
                .atMost(SourceDirectoryFixture.LIMIT)
                .until(() -> walk(started).equals(List.of("f1", "f2", "f3")));
        assertThat(started.series().isCurrent(empty)).isTrue();
        assertThat(started.series().after(empty).map(Segment::name)).contains("f3");
    }

    @Test
    void shouldNameASeriesByHand() throws IOException {
        source.create("a1.pcap", "b2.pcap", "b10.pcap", "b3.pcap.gz", "c.txt", ".d4.pcap");
        SeriesSpec spec = new SeriesSpec(Optional.of("*.pcap"), SegmentOrder.NAME);

        assertThat(walk(source.directory.open("a1.pcap", spec)))
                .containsExactly("a1.pcap", "b2.pcap", "b3.pcap.gz", "b10.pcap");
        assertThatThrownBy(() -> source.directory.open("c.txt", spec))
                .isInstanceOf(NotInSeriesException.class);
    }

    @Test
    void shouldOpenARingWhereItsOldestSegmentIs() throws IOException {
        ring(3);

        assertThat(walk(source.open("f03")))
                .containsExactly("f03", "f04", "f05", "f00", "f01", "f02");
    }

    @Test
    void shouldOpenARingWhoseNewestSegmentHasJustBeenEmptied() throws IOException {
        ring(1);
        source.write("f00", "");

        assertThat(walk(source.open("f01")))
                .containsExactly("f01", "f02", "f03", "f04", "f05", "f00");
    }

    @Test
    void shouldKeepTheOrderOfNamesWhenTheFirstWasMerelyTouched() throws IOException {
        ring(0);
        source.touch("f00", 5000);

        assertThat(walk(source.open("f00")))
                .containsExactly("f00", "f01", "f02", "f03", "f04", "f05");
    }

    @Test
    void shouldKeepTheOrderOfNamesWhenTimesOfModificationAreInDisorder() throws IOException {
        ring(0);
        source.touch("f00", 5000);
        source.touch("f03", 10);

        assertThat(walk(source.open("f00")))
                .containsExactly("f00", "f01", "f02", "f03", "f04", "f05");
    }

    @Test
    void shouldFollowDumpcapThroughTheWrapAndTheRepeatedHour() throws IOException {
        source.create("x_99998_20261025025800.pcapng", "x_99999_20261025025900.pcapng");
        StartedSeries started = source.follow("x_99998_20261025025800.pcapng");
        source.create("x_00000_20261025020000.pcapng");
        source.create("x_00001_20261025020100.pcapng");
        source.awaitTold("APPEARED x_00001_20261025020100.pcapng");

        assertThat(walk(started))
                .containsExactly(
                        "x_99998_20261025025800.pcapng",
                        "x_99999_20261025025900.pcapng",
                        "x_00000_20261025020000.pcapng",
                        "x_00001_20261025020100.pcapng");
    }

    @Test
    void shouldFollowDumpcapWhenItIsStartedAnew() throws IOException {
        source.create("x_00007_20261122101000.pcapng", "x_00008_20261122102000.pcapng");
        StartedSeries started = source.follow("x_00007_20261122101000.pcapng");
        source.create("x_00001_20261122103000.pcapng");
        source.awaitTold("APPEARED x_00001_20261122103000.pcapng");

        assertThat(started.series().newest().map(Segment::name))
                .contains("x_00001_20261122103000.pcapng");
    }

    /** Six segments, of which the first ones have been written a second time. */
    private void ring(int again) throws IOException {
        for (int i = 0; i < 6; i++) {
            int seconds = 1000 + i + (i < again ? 6 : 0);
            capture("f0" + i, MICROS, ByteOrder.LITTLE_ENDIAN, seconds, 0);
            source.touch("f0" + i, seconds + 1);
        }
    }

    private void capture(String name, int magic, ByteOrder order, int seconds, int fraction)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(40).order(order);
        bytes.putInt(magic).putShort((short) 2).putShort((short) 4).putLong(0);
        bytes.putInt(65535).putInt(1).putInt(seconds).putInt(fraction).putLong(0);
        Files.write(path.resolve(name), bytes.array());
    }
}
