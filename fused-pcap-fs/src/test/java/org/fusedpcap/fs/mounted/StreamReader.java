package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads a stream to its end on a thread of its own, and keeps what it gets. Thread-safe.
 *
 * <p>Reads are those of read(2), one after the other: whenever one blocks, {@link #position} is
 * what the reader has been given until then.
 */
final class StreamReader implements AutoCloseable {

    private static final int USUAL_PIECE = 1 << 20;

    private final FileChannel channel;
    private final int piece;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private volatile Optional<IOException> failure = Optional.empty();

    private StreamReader(Path path, int piece) throws IOException {
        this.channel = FileChannel.open(path);
        this.piece = piece;
    }

    static StreamReader of(Path path) throws IOException {
        return of(path, USUAL_PIECE);
    }

    /**
     * Opens a stream here and now, and begins to read.
     *
     * @param piece number of bytes to ask for at a time
     */
    static StreamReader of(Path path, int piece) throws IOException {
        StreamReader reader = new StreamReader(path, piece);
        Thread thread = new Thread(reader::run, "reader of " + path.getFileName());
        thread.setDaemon(true);
        thread.start();
        return reader;
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(piece);
        byte[] copy = new byte[piece];
        try {
            for (int got = channel.read(buffer); got >= 0; got = channel.read(buffer)) {
                buffer.flip().get(copy, 0, got).clear();
                bytes.write(copy, 0, got);
            }
            ended.complete(null);
        } catch (ClosedChannelException e) {
            ended.complete(null);
        } catch (IOException e) {
            failure = Optional.of(e);
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            ended.completeExceptionally(e);
        }
    }

    /** Number of bytes got so far. */
    long position() {
        return bytes.size();
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** What was got so far. */
    InputStream stream() {
        return new ByteArrayInputStream(bytes());
    }

    boolean isEnded() {
        return ended.isDone();
    }

    /** Waits until the reader has been given exactly so much. */
    void awaitPosition(long expected) {
        Limits.await("position " + expected)
                .failFast("the stream goes on", () -> assertGoesOnTo(expected))
                .untilAsserted(() -> assertThat(position()).isEqualTo(expected));
    }

    private void assertGoesOnTo(long expected) {
        assertThat(isEnded() && position() != expected)
                .as(() -> "ended at " + position() + " " + failure)
                .isFalse();
        assertThat(position()).isLessThanOrEqualTo(expected);
    }

    /** Waits until the stream has ended with an end of file; what was got until then. */
    byte[] awaitEnd() throws IOException {
        awaitDone();
        if (failure.isPresent()) {
            throw failure.get();
        }
        return bytes();
    }

    /** Waits until a read has failed. */
    IOException awaitFailure() {
        awaitDone();
        return failure.orElseThrow(() -> new AssertionError("an end of file, no failure"));
    }

    private void awaitDone() {
        assertThat(ended)
                .as(() -> "the reader, now at " + position() + ", comes to an end")
                .succeedsWithin(Limits.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // A mount whose daemon has ended says so when a file in it is closed.
            System.out.println("close: " + e.getMessage());
        }
        awaitDone();
    }
}
