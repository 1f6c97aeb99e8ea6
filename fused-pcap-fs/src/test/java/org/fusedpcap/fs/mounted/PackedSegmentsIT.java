package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.fusedpcap.testkit.oracle.Grouping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed segments among plain ones, as the command lines make them. */
class PackedSegmentsIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final long FILESIZE = 1L << 49;
    private static final int WINDOW = 4 << 20;
    private static final int HEADER = 24;

    private static RollingSource write(int segments, int packets) throws IOException {
        return RollingSource.write(MOUNTED.source(), segments, packets);
    }

    private static void pack(RollingSource source, Packer packer, int... segments)
            throws IOException {
        for (int segment : segments) {
            packer.pack(MOUNTED.source(source.names().get(segment)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeReadInARangeAsWhatTheyContain(Packer packer) throws IOException {
        RollingSource source = write(4, 3000);
        pack(source, packer, 1, 2);
        Path range = MOUNTED.view(source.range());

        assertThat(Files.size(range)).isEqualTo(FILESIZE);
        Pieces.assertSequential(range, source.bytes(), 4096);
        Pieces.assertSequential(range, source.bytes(), 1 << 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 4096, 131_071, 131_072, 1 << 20})
    void shouldEndWhereTheyEndHoweverTheyAreRead(int piece) throws IOException {
        RollingSource source = write(2, 5000);
        pack(source, Packer.ZSTD, 0, 1);

        for (int i = 0; i < 3; i++) {
            Pieces.assertSequential(MOUNTED.view(source.range()), source.bytes(), piece);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD", "LZ4", "XZ"})
    void shouldBeFollowed(Packer packer) throws IOException {
        RollingSource source = write(3, 3000);
        pack(source, packer, 0, 1);

        StreamReader reader = MOUNTED.read(source.first() + packer.ending());
        reader.awaitPosition(source.length());
        MOUNTED.end("*");

        assertThat(reader.awaitEnd()).isEqualTo(source.bytes());
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD", "LZ4", "XZ"})
    void shouldBeSharedOutByAClusterOfFour(Packer packer) throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        ClusterTraffic traffic = ClusterTraffic.write(MOUNTED.source(), seed, 3, 4000);
        String[] ends = traffic.range().split("\\.\\.", 2);
        packer.pack(MOUNTED.source(ends[0]));

        try (ClusterMembers cluster =
                ClusterMembers.cat(4, MOUNTED.view("clustersize=4/" + traffic.range()))) {
            cluster.awaitQuietEnds();
            assertThat(cluster.judge(traffic.expectation(), Grouping.ofMode(0, false)).toString())
                    .startsWith("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "keepcache/"})
    void shouldBeReadByManyAtOnce(String level) throws IOException {
        RollingSource source = write(4, 4000);
        pack(source, Packer.ZSTD, 0);
        pack(source, Packer.GZIP, 1);
        pack(source, Packer.LZ4, 2);
        pack(source, Packer.XZ_FAST, 3);
        Path range = MOUNTED.view(level + source.range());

        Pieces.together(
                6,
                reader -> Pieces.assertSequential(range, source.bytes(), 3000 + 40_000 * reader));
    }

    @Test
    void shouldEndWhereTheyEndWhileOthersAskForTheirSize() throws IOException {
        RollingSource source = write(2, 3000);
        pack(source, Packer.ZSTD, 0, 1);
        Path range = MOUNTED.view(source.range());
        String ask =
                """
                import os, sys
                while os.getppid() == int(sys.argv[2]):
                    os.stat(sys.argv[1])
                """;

        String parent = "" + ProcessHandle.current().pid();
        for (int i = 0; i < 3; i++) {
            MOUNTED.start("python3", "-c", ask, "" + range, parent);
        }
        for (int i = 0; i < 100; i++) {
            Pieces.assertSequential(range, source.bytes(), 4096 + 40_000 * (i % 4));
        }
    }

    @Test
    void shouldBeReadThroughThePageCacheByTheFirstReaderAndPastItByOthers() throws IOException {
        RollingSource source = write(1, 3000);
        pack(source, Packer.ZSTD, 0);
        String map =
                """
                import mmap, os, sys
                first = os.open(sys.argv[1], os.O_RDONLY)
                second = os.open(sys.argv[1], os.O_RDONLY)
                pages = mmap.mmap(first, 8192, mmap.MAP_SHARED, mmap.PROT_READ)
                assert pages[:] == os.pread(second, 8192, 0)
                try:
                    mmap.mmap(second, 8192, mmap.MAP_SHARED, mmap.PROT_READ)
                    assert False
                except OSError as e:
                    assert e.errno == errno.ENODEV, e
                """;

        Tool.run("python3", "-c", "import errno\n" + map, "" + MOUNTED.view(source.range()))
                .assertQuiet();
    }

    @Test
    void shouldBeFollowedThroughThePageCache() throws IOException {
        RollingSource source = write(3, 4000);
        pack(source, Packer.ZSTD, 0, 1, 2);
        MOUNTED.end("nothing");

        StreamReader reader = MOUNTED.read("keepcache/" + source.first() + ".zst..");
        reader.awaitPosition(source.length());
        MOUNTED.end("*");

        assertThat(reader.awaitEnd()).isEqualTo(source.bytes());
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD", "LZ4", "XZ"})
    void shouldBeReadInARangeThroughThePageCache(Packer packer) throws IOException {
        RollingSource source = write(3, 30_000);
        pack(source, packer, 0, 2);
        Path range = MOUNTED.view("keepcache/" + source.range());

        for (int piece : new int[] {1000, 4096, 8192, 131_072, 1 << 20}) {
            Pieces.assertSequential(range, source.bytes(), piece);
        }
    }

    @Test
    void shouldBeReadInARangeThroughThePageCacheUpToWhereOneIsCut() throws IOException {
        RollingSource source = write(2, 20_000);
        pack(source, Packer.ZSTD, 0, 1);
        Path cut = Packer.ZSTD.packed(MOUNTED.source(source.last()));
        try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        Tool direct = MOUNTED.start("cat", "" + MOUNTED.view(source.range()));
        direct.await().assertQuiet();

        Tool cached = MOUNTED.start("cat", "" + MOUNTED.view("keepcache/" + source.range()));
        cached.await().assertQuiet();

        assertThat(Files.mismatch(cached.outputFile(), direct.outputFile())).isEqualTo(-1);
    }

    @Test
    void shouldBeFoundByTheNameThatTheyHad() throws IOException {
        RollingSource source = write(3, 500);
        pack(source, Packer.GZIP, 0, 2);

        Pieces.assertSequential(MOUNTED.view(source.range()), source.bytes(), 10_000);
        String packed = source.first() + ".gz.." + source.last() + ".gz";
        Pieces.assertSequential(MOUNTED.view(packed), source.bytes(), 10_000);
        assertThat(MOUNTED.list())
                .containsExactly(
                        source.first() + ".gz", source.names().get(1), source.last() + ".gz");
    }

    @Test
    void shouldBeReadByTcpdumpAsThePlainOnesAre() throws IOException {
        RollingSource source = write(3, 2000);
        String expected =
                Tool.run("tcpdump", "-n", "-r", "" + MOUNTED.view(source.range())).output();
        pack(source, Packer.ZSTD, 0, 1, 2);

        Tool.Result got = Tool.run("tcpdump", "-n", "-r", "" + MOUNTED.view(source.range()));

        assertThat(got.assertWhole().output()).isEqualTo(expected);
    }

    @Test
    void shouldBeReadBackWithinTheWindow() throws IOException {
        RollingSource source = write(2, 2000);
        pack(source, Packer.XZ, 0, 1);
        assertThat(source.length()).isLessThan(WINDOW);
        Path range = MOUNTED.view(source.range());
        Pieces.assertSequential(range, source.bytes(), 4096);

        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Pieces.assertRandom(range, source.bytes(), 10_000, 200, new Random(seed));
    }

    @Test
    void shouldBeReadOnAfterAReadFarBehindTheEnd() throws IOException {
        RollingSource source = write(3, 500);
        pack(source, Packer.ZSTD, 0, 1, 2);
        assertThat(source.length()).isLessThan(WINDOW);
        String read =
                """
                import errno, os, sys
                fd = os.open(sys.argv[1], os.O_RDONLY)
                size = int(sys.argv[2])
                for far in (size + (1 << 30), 1 << 48):
                    try:
                        # The kernel itself answers for what goes through its page cache.
                        assert os.pread(fd, 1000, far) == b'' and '..' in sys.argv[1]
                    except OSError as e:
                        assert e.errno == errno.EINVAL, e
                    got = b''
                    while len(got) < size:
                        got += os.pread(fd, size - len(got), len(got))
                sys.stdout.buffer.write(got)
                """;
        for (String name : new String[] {source.range(), source.first() + ".zst"}) {
            Tool reader =
                    MOUNTED.start(
                            "python3", "-c", read, "" + MOUNTED.view(name), "" + source.length());
            reader.await().assertQuiet();
            assertThat(Files.readAllBytes(reader.outputFile())).isEqualTo(source.bytes());
        }
    }

    @Test
    void shouldRefuseToGoBackBehindTheWindow() throws IOException {
        RollingSource source = write(1, 25_000);
        pack(source, Packer.ZSTD, 0);
        assertThat(source.length()).isGreaterThan(3 * WINDOW);
        String read =
                """
                import errno, os, sys
                fd = os.open(sys.argv[1], os.O_RDONLY)
                end = int(sys.argv[2])
                assert len(os.pread(fd, 1000, end - 500)) == 500
                os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
                assert len(os.pread(fd, 1000, end - 2000000)) == 1000
                try:
                    os.pread(fd, 1000, 0)
                    assert False
                except OSError as e:
                    assert e.errno == errno.ESPIPE, e
                """;
        for (String name : new String[] {source.range(), source.first() + ".zst"}) {
            Tool.run("python3", "-c", read, "" + MOUNTED.view(name), "" + source.length())
                    .assertQuiet();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD", "LZ4", "XZ"})
    void shouldGoOnBehindOneThatWasCut(Packer packer) throws IOException {
        RollingSource source = write(3, 3000);
        pack(source, packer, 1);
        Path cut = packer.packed(MOUNTED.source(source.names().get(1)));
        try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        Tool cat = MOUNTED.start("cat", "" + MOUNTED.view(source.range()));
        cat.await().assertQuiet();

        byte[] got = Files.readAllBytes(cat.outputFile());
        byte[] last = Files.readAllBytes(MOUNTED.source(source.last()));
        int before = got.length - (last.length - HEADER);
        assertThat(got.length).isLessThan(source.length());
        assertThat(Arrays.mismatch(got, source.bytes())).isGreaterThanOrEqualTo(before);
        assertThat(Arrays.copyOfRange(got, before, got.length))
                .isEqualTo(Arrays.copyOfRange(last, HEADER, last.length));
        assertThat(MOUNTED.mount().log()).contains(cut.getFileName().toString());
    }

    @Test
    void shouldTakeNoMemoryForABomb() throws IOException {
        RollingSource source = write(1, 1);
        Path bomb = MOUNTED.source(source.first());
        String write =
                """
                import struct, subprocess, sys
                header = open(sys.argv[1], 'rb').read(24)
                packer = subprocess.Popen(
                    ['zstd', '-q', '-1', '-o', sys.argv[1] + '.zst'], stdin=subprocess.PIPE)
                packer.stdin.write(header)
                record = struct.pack('<IIII', 1, 1, 65000, 65000) + bytes(65000)
                for i in range(30000):
                    packer.stdin.write(record)
                packer.stdin.close()
                assert packer.wait() == 0
                """;
        Tool.run("python3", "-c", write, "" + bomb).assertQuiet();
        Files.delete(bomb);

        Tool.Result count =
                Tool.shell(
                        "cat " + MOUNTED.view(source.first() + ".." + source.first()) + "|wc -c");

        assertThat(count.output().trim()).isEqualTo(String.valueOf(24 + 30_000L * 65_016));
        assertThat(MOUNTED.mount().daemon().residentKiB()).isLessThan(350_000);
    }
}
