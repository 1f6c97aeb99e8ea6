package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Oracle;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.CaptureProgram;
import org.fusedpcap.testkit.writer.FlushPolicy;
import org.fusedpcap.testkit.writer.RollOver;
import org.fusedpcap.testkit.writer.RollingCapture;
import org.fusedpcap.testkit.writer.WriterSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources of which the kernel tells no changes, and a disk that breaks. */
class ForeignSourceIT {

    private Scratch scratch;
    private Path source;

    /** What stands between the files and the mount. */
    enum Kind {
        FUSE,
        OVERLAY
    }

    @BeforeEach
    void makeSource() throws IOException {
        scratch = new Scratch();
        source = scratch.directory("src");
    }

    @AfterEach
    void removeSource() throws IOException {
        // An overlay leaves a directory that only root enters, and nothing in it.
        Tool.shell("chmod -R u+rwx '" + scratch.path() + "'");
        scratch.close();
    }

    private ForeignMount foreign(Kind kind) throws IOException {
        return kind == Kind.FUSE
                ? ForeignMount.fuse(scratch, source)
                : ForeignMount.overlay(scratch, source);
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "FUSE")
    void shouldFollowWhatIsWrittenBehindTheKernelsBack(Kind kind) throws IOException {
        TrafficSpec spec = TrafficSpec.ofSeed(3);
        Traffic traffic = new Traffic(spec);
        WriterSpec writer =
                WriterSpec.of(CaptureProgram.TCPDUMP_C)
                        .with(FlushPolicy.PACKET)
                        .with(RollOver.packets(40));
        try (RollingCapture capture = new RollingCapture(source, writer, CaptureClock.wall())) {
            capture.write(traffic);
            try (ForeignMount foreign = foreign(kind);
                    Mount mount = Mount.of(scratch, foreign.path());
                    StreamReader reader = StreamReader.of(mount.path(names()[0]))) {
                for (int i = 1; i < 200; i++) {
                    capture.write(traffic);
                    if (i % 25 == 24) {
                        reader.awaitPosition(24 + capture.bytes() - 24 * capture.files());
                    }
                }
                reader.awaitPosition(24 + capture.bytes() - 24 * capture.files());
                assertThat(capture.files()).isEqualTo(5);
                Oracle oracle = Oracle.ofReader(Expectation.ofTraffic(spec, capture.packets()));
                oracle.read(0, reader.stream());
                assertThat(oracle.verdict().toString()).startsWith("ok");
            }
        }
    }

    private String[] names() {
        return source.toFile().list();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldEndBehindTheNewestFileOnceThatIsQuiet(Kind kind) throws IOException {
        Captures captures = Captures.in(source).segment("f.1", 20).segment("f.2", 20);
        byte[] expected = RollingSource.of(captures.paths()).bytes();
        try (ForeignMount foreign = foreign(kind);
                Mount mount = Mount.of(scratch, foreign.path())) {
            Files.writeString(mount.path(".end"), "*2\n");
            Pieces.assertSequential(mount.path("f.1"), expected, 4096);
        }
    }

    /** Many pieces: what the scan reads at once, and what a reader asks for, ends elsewhere. */
    @Test
    void shouldGiveAllThatIsBeforeABadPlaceThenAnErrorAndGoOnWhenItIsMended() throws IOException {
        Captures captures =
                Captures.in(source).segment("f.1", 50).segment("f.2", 3000).segment("f.3", 50);
        byte[] expected = RollingSource.of(captures.paths()).bytes();
        Path broken = source.resolve("f.2");
        int bad = 500_000;
        long before = Files.size(source.resolve("f.1"));
        try (ForeignMount foreign = foreign(Kind.FUSE);
                Mount mount = Mount.of(scratch, foreign.path())) {
            PassingFileSystem.breakAt(broken, bad);
            for (String path :
                    List.of("f.1..f.3", "f.1..", "keepcache/f.1..f.3", "keepcache/f.1..")) {
                try (StreamReader reader = StreamReader.of(mount.path(path), 4096)) {
                    assertThat(Errno.of(reader.awaitFailure())).isEqualTo(Errno.EIO);
                    byte[] got = reader.bytes();
                    assertThat(got).isEqualTo(Arrays.copyOf(expected, got.length));
                    // All but the page in which the bad place is.
                    assertThat((long) got.length).isGreaterThan(before + bad - 24 - 8192);
                }
            }
            assertThat(mount.log().lines())
                    .anyMatch(
                            line ->
                                    line.contains(foreign.path().resolve("f.2").toString())
                                            && line.contains("cannot be read from offset"));
            assertThat(Files.readString(mount.path(".metrics")))
                    .containsPattern("fused_pcap_unreadable_segments_total\\{.*} 4\n");
            PassingFileSystem.mend(broken);
            Pieces.assertSequential(mount.path("f.1..f.3"), expected, 4096);
        }
    }

    @Test
    void shouldCountAFileOfWhichNotEvenTheHeaderCanBeRead() throws IOException {
        Captures captures =
                Captures.in(source).segment("f.1", 3000).segment("f.2", 50).segment("f.3", 50);
        byte[] expected = RollingSource.of(captures.paths()).bytes();
        long before = Files.size(source.resolve("f.1"));
        try (ForeignMount foreign = foreign(Kind.FUSE);
                Mount mount = Mount.of(scratch, foreign.path())) {
            PassingFileSystem.breakAt(source.resolve("f.2"), 0);
            for (String path : new String[] {"f.1..f.3", "f.1.."}) {
                try (StreamReader reader = StreamReader.of(mount.path(path), 4096)) {
                    assertThat(Errno.of(reader.awaitFailure())).isEqualTo(Errno.EIO);
                    byte[] got = reader.bytes();
                    assertThat(got).isEqualTo(Arrays.copyOf(expected, got.length));
                    assertThat((long) got.length).isGreaterThan(before - 4096);
                }
            }
            assertThat(Files.readString(mount.path(".metrics")))
                    .containsPattern("fused_pcap_unreadable_segments_total\\{.*} 2\n");
        }
    }

    /** A stream of another mount never ends, and has no size. */
    @Test
    void shouldNotHangOnAMountOfItsOwnKind() throws IOException {
        Captures captures = Captures.in(source).segment("f.1", 50);
        byte[] expected = RollingSource.of(captures.paths()).bytes();
        try (Mount inner = Mount.of(scratch, "inner", source, "rw");
                Mount outer = Mount.of(scratch, "outer", inner.path(), "rw")) {
            try (StreamReader reader = StreamReader.of(outer.path("f.1"))) {
                reader.awaitPosition(expected.length);
                assertThat(reader.bytes()).isEqualTo(expected);
                assertThat(Files.exists(outer.path("f.1"))).isTrue();
            }
        }
    }
}
