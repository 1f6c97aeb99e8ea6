package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Reads a file as one process would, and compares it with what should be there. */
final class Pieces {

    private Pieces() {}

    /** Reads from beginning to end, so many bytes at a time, and finds the end of file behind. */
    static void assertSequential(Path path, byte[] expected, int piece) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(piece);
            int at = 0;
            for (int got = channel.read(buffer); got >= 0; got = channel.read(buffer)) {
                assertBytes(buffer, expected, at);
                at += got;
            }
            assertThat(at).as("end of file").isEqualTo(expected.length);
        }
    }

    /**
     * Reads at random offsets, each time what there is up to the length of a piece.
     *
     * @param reads number of reads
     */
    static void assertRandom(Path path, byte[] expected, int piece, int reads, Random random)
            throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(piece);
            for (int i = 0; i < reads; i++) {
                int at = random.nextInt(expected.length);
                int got = channel.read(buffer, at);
                assertThat(got).isPositive();
                assertBytes(buffer, expected, at);
            }
        }
    }

    private static void assertBytes(ByteBuffer buffer, byte[] expected, int at) {
        buffer.flip();
        int end = at + buffer.limit();
        assertThat(end).as("end of a piece").isLessThanOrEqualTo(expected.length);
        ByteBuffer same = ByteBuffer.wrap(expected, at, buffer.limit());
        if (!buffer.equals(same)) {
            byte[] got = new byte[buffer.limit()];
            buffer.get(0, got);
            int where = Arrays.mismatch(got, Arrays.copyOfRange(expected, at, end));
            throw new AssertionError("another byte at " + (at + where));
        }
        buffer.clear();
    }

    /** What several readers do at the same time. */
    interface Reading {
        void read(int reader) throws Exception;
    }

    /** Has readers read at the same time, each on a thread of its own. */
    static void together(int readers, Reading reading) {
        IntStream.range(0, readers)
                .mapToObj(
                        reader ->
                                java.util.concurrent.CompletableFuture.runAsync(
                                        () -> unchecked(reading, reader),
                                        task -> new Thread(task, "reader " + reader).start()))
                .toList()
                .forEach(done -> assertThat(done).succeedsWithin(Limits.WORK));
    }

    private static void unchecked(Reading reading, int reader) {
        try {
            reading.read(reader);
        } catch (Exception e) {
            throw new IllegalStateException("reader " + reader, e);
        }
    }
}
