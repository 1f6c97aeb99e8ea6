package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.oracle.Oracle;
import org.fusedpcap.testkit.oracle.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that breaks under a compressed segment: all that is whole before, and then an error. */
class PackedDiskErrorIT {

    private static final int PACKETS = 6000;
    private static final int PAGE = 4096;

    private Scratch scratch;
    private Path source;
    private byte[] expected;

    @BeforeEach
    void makeSource() throws IOException {
        scratch = new Scratch();
        source = scratch.directory("src");
        Captures captures =
                Captures.in(source).segment("f.1", 50).segment("f.2", PACKETS).segment("f.3", 50);
        expected = RollingSource.of(captures.paths()).bytes();
    }

    @AfterEach
    void removeSource() throws IOException {
        scratch.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD", "LZ4_CHECKED", "XZ"})
    void shouldGiveAllThatIsWholeBeforeABadPlaceThenAnError(Packer packer) throws IOException {
        Path broken = packer.pack(source.resolve("f.2"));
        try (ForeignMount foreign = ForeignMount.fuse(scratch, source);
                Mount mount = Mount.of(scratch, foreign.path())) {
            PassingFileSystem.breakAt(broken, Files.size(broken) * 5 / 6);
            int readable = readUntilItFails(mount.path("f.1"));
            assertThat(readUntilItFails(mount.path("f.1.."))).isEqualTo(readable);
            for (String path : List.of("f.1..f.3", "keepcache/f.1..f.3", "keepcache/f.1..")) {
                // A page that cannot be filled is not given.
                assertThat(readUntilItFails(mount.path(path)))
                        .as(path)
                        .isBetween(readable / PAGE * PAGE, readable);
            }
            String name = foreign.path().resolve(broken.getFileName()).toString();
            assertThat(mount.log().lines())
                    .filteredOn(line -> line.contains(name + " cannot be read from offset"))
                    .hasSize(5);
            PassingFileSystem.mend(broken);
            Pieces.assertSequential(mount.path("f.1..f.3"), expected, 4096);
        }
    }

    private int readUntilItFails(Path path) throws IOException {
        try (StreamReader reader = StreamReader.of(path, 4096)) {
            assertThat(Errno.of(reader.awaitFailure())).as(path.toString()).isEqualTo(Errno.EIO);
            byte[] got = reader.bytes();
            assertThat(got).isEqualTo(Arrays.copyOf(expected, got.length));
            assertThat(got.length).isGreaterThan(expected.length / 3);
            return got.length;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD", "LZ4_CHECKED", "XZ"})
    void shouldGiveAClusterAllThatIsWholeBeforeABadPlaceThenAnError(Packer packer)
            throws IOException {
        Path broken = packer.pack(source.resolve("f.2"));
        try (ForeignMount foreign = ForeignMount.fuse(scratch, source);
                Mount mount = Mount.of(scratch, foreign.path())) {
            PassingFileSystem.breakAt(broken, Files.size(broken) * 5 / 6);
            int readable = readUntilItFails(mount.path("f.1"));
            Path whole = scratch.path().resolve("whole.pcap");
            Files.write(whole, Arrays.copyOf(expected, readable));
            for (String level : List.of("clustersize=2", "clustersize=2,keepcache")) {
                for (String name : List.of("f.1..f.3", "f.1..")) {
                    String path = level + "/" + name;
                    Expectation expectation = Expectation.ofFiles(List.of(whole));
                    assertThat(shareUntilItFails(mount.path(path), expectation).toString())
                            .as(path)
                            .startsWith("ok");
                }
            }
        }
    }

    private static Verdict shareUntilItFails(Path path, Expectation expectation)
            throws IOException {
        Oracle oracle = Oracle.ofMembers(expectation, 2, Grouping.ofMode(0, false));
        try (StreamReader one = StreamReader.of(path, 4096);
                StreamReader other = StreamReader.of(path, 4096)) {
            for (StreamReader member : List.of(one, other)) {
                assertThat(Errno.of(member.awaitFailure())).isEqualTo(Errno.EIO);
            }
            oracle.read(0, one.stream());
            oracle.read(1, other.stream());
        }
        return oracle.verdict();
    }
}
