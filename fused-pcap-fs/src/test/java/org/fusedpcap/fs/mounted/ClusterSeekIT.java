package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a member can go to, and how long its file is said to be. */
class ClusterSeekIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int AGAIN = 128 * 1024;
    private static final int FURTHER = 200 * 1024;
    private static final int FILE_HEADER = 24;
    private static final long UNKNOWN = 512L << 40;
    private static final int ROUNDS = 5;

    /** Reads a file in large pieces, has the kernel read ahead as far as it ever does, counts. */
    private static final String SEQUENTIAL =
            """
            import os, sys
            source = os.open(sys.argv[1], os.O_RDONLY)
            os.posix_fadvise(source, 0, 0, os.POSIX_FADV_SEQUENTIAL)
            length = 0
            while piece := os.read(source, 4_000_000):
                length += len(piece)
            print(length)
            """;

    private static Path range(String caching) throws IOException {
        Captures captures = MOUNTED.captures().segment("s.1", 700).segment("s.2", 700);
        assertThat(captures.paths()).hasSize(2);
        return MOUNTED.view("clustersize=2" + caching + "/s.1..s.2");
    }

    private static byte[] readOn(FileChannel channel, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && channel.read(buffer) > 0) {
            // Until so much is there, or all.
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static byte[] readAt(FileChannel channel, long offset, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
            // Until so much is there, or all.
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Test
    void shouldReadItsFirst128KibAgainAndNothingElse() throws IOException {
        Path range = range("");
        try (ClusterMembers other = ClusterMembers.cat(1, range);
                FileChannel channel = FileChannel.open(range)) {
            byte[] first = readOn(channel, FURTHER);
            assertThat(first).hasSize(FURTHER);

            assertThat(readAt(channel, 0, AGAIN)).isEqualTo(Arrays.copyOf(first, AGAIN));
            assertThat(readAt(channel, 100_000, 1000))
                    .isEqualTo(Arrays.copyOfRange(first, 100_000, 101_000));
            assertThat(readAt(channel, AGAIN - 1, 1)).containsExactly(first[AGAIN - 1]);
            for (long offset : new long[] {AGAIN, FURTHER - 2, FURTHER + 1, 1L << 40}) {
                assertNoSeek(channel, offset);
            }
            byte[] rest = readOn(channel, 1 << 22);
            other.awaitQuietEnds();

            long length = channel.size();
            assertThat(first.length + rest.length + other.bytes())
                    .isEqualTo(Files.size(MOUNTED.view("s.1..s.2")) + FILE_HEADER);
            assertThat(readAt(channel, 0, 24)).isEqualTo(Arrays.copyOf(first, 24));
        }
    }

    private static void assertNoSeek(FileChannel channel, long offset) {
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), offset))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Illegal seek");
    }

    @Test
    void shouldReadTheBeginningInPiecesBeforeItGoesOn() throws IOException {
        Path range = range("");
        try (ClusterMembers other = ClusterMembers.cat(1, range);
                FileChannel channel = FileChannel.open(range)) {
            byte[] header = readOn(channel, FILE_HEADER);
            channel.position(0);
            byte[] sniffed = readOn(channel, 5000);
            channel.position(FILE_HEADER);
            byte[] all = readOn(channel, 1 << 22);
            assertThat(sniffed).startsWith(header);
            assertThat(all).startsWith(Arrays.copyOfRange(sniffed, FILE_HEADER, 5000));
            other.awaitQuietEnds();
            assertThat(FILE_HEADER + all.length + other.bytes())
                    .isEqualTo(channel.size() + FILE_HEADER);
        }
    }

    @Test
    void shouldSayTheSizeOfTheWholeRange() throws IOException {
        Path range = range("");
        long length =
                Files.size(MOUNTED.source("s.1")) + Files.size(MOUNTED.source("s.2")) - FILE_HEADER;
        assertThat(Files.size(range)).isEqualTo(length);
        try (ClusterMembers other = ClusterMembers.cat(1, range);
                FileChannel channel = FileChannel.open(range)) {
            assertThat(channel.size()).isEqualTo(length);
            assertThat(readOn(channel, 1 << 22)).hasSizeLessThan((int) length);
            assertThat(channel.size()).isEqualTo(length);
            other.awaitQuietEnds();
        }
        assertThat(Files.size(MOUNTED.view("clustersize=2/s.1"))).isEqualTo(UNKNOWN);
    }

    @Test
    void shouldSayWithKeepcacheWhatIsThereForThisMember() throws IOException {
        Path range = range(",keepcache");
        try (ClusterMembers other = ClusterMembers.cat(1, range);
                FileChannel channel = FileChannel.open(range)) {
            byte[] all = readOn(channel, 1 << 22);
            assertThat(channel.size()).isEqualTo(all.length);
            assertThat(readAt(channel, 0, AGAIN)).isEqualTo(Arrays.copyOf(all, AGAIN));
            other.awaitQuietEnds();
        }
    }

    /** The kernel drops what it has read ahead when the file grows, and asks for it again. */
    @Test
    void shouldHaveKeptWhatTheKernelReadAhead() throws IOException {
        Captures captures = MOUNTED.captures().segment("s.1", 90_000).segment("s.2", 90_000);
        assertThat(captures.paths()).hasSize(2);
        String levels = "clustersize=2,clustermode=1,keepcache/";
        Path range = MOUNTED.view(levels + "s.1..s.2");

        for (int i = 0; i < ROUNDS; i++) {
            try (ClusterMembers members =
                    ClusterMembers.start(2, "python3", "-c", SEQUENTIAL, range.toString())) {
                members.awaitQuietEnds();
                long all = 0;
                for (Tool tool : members.all()) {
                    all += Long.parseLong(tool.output().strip());
                }
                assertThat(all).isEqualTo(Files.size(MOUNTED.view("s.1..s.2")) + FILE_HEADER);
            }
        }
    }

    /**
     * Without tags, all packets go to one of the two; the size of its file grows with each look.
     */
    @Test
    void shouldReadOnWhereItWasHoweverOftenItAsksForTheSize() throws IOException {
        Captures captures = MOUNTED.captures().segment("s.1", 12_000);
        assertThat(captures.paths()).hasSize(1);
        Path range = MOUNTED.view("clustersize=2,clustermode=1,keepcache/s.1..s.1");
        AtomicLong all = new AtomicLong();

        Pieces.together(2, reader -> all.addAndGet(readAskingForTheSize(range)));

        assertThat(all.get()).isEqualTo(Files.size(MOUNTED.source("s.1")) + FILE_HEADER);
    }

    private static long readAskingForTheSize(Path stream) throws IOException {
        try (FileChannel channel = FileChannel.open(stream)) {
            long length = 0;
            ByteBuffer buffer = ByteBuffer.allocateDirect(10_000);
            for (int got = channel.read(buffer); got > 0; got = channel.read(buffer.clear())) {
                length += got;
                for (int i = 0; i < 30; i++) {
                    assertThat(channel.size()).isGreaterThanOrEqualTo(length);
                }
            }
            return length;
        }
    }
}
