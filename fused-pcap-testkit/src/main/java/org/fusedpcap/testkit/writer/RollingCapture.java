package org.fusedpcap.testkit.writer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.fusedpcap.testkit.traffic.FrameSource;

/**
 * A capture that rolls over from file to file, as one of the {@link CaptureProgram}s writes it. The
 * first file is there at once. For one thread.
 *
 * <pre>{@code
 * WriterSpec spec = WriterSpec.of(CaptureProgram.DAEMONLOGGER).with(RollOver.packets(1000));
 * try (RollingCapture capture = new RollingCapture(directory, spec, CaptureClock.wall())) {
 *     capture.write(traffic);
 * }
 * }</pre>
 */
public final class RollingCapture implements Closeable {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Path directory;
    private final WriterSpec spec;
    private final CaptureClock clock;
    private final SegmentNames names;
    private final Consumer<Path> onOpen;
    private final Deque<Path> kept = new ArrayDeque<>();

    private CaptureFile file;
    private Path finalPath;
    private long files;
    private long packets;
    private long closedBytes;
    private long openedNanos;
    private long nameSeconds = Long.MIN_VALUE;

    /** A capture into {@code directory}, which exists. */
    public RollingCapture(Path directory, WriterSpec spec, CaptureClock clock) throws IOException {
        this(directory, spec, clock, path -> {});
    }

    /**
     * The same, with somebody who wants to know of each file.
     *
     * @param onOpen told the name that the file will have in the end, when it is begun
     */
    public RollingCapture(
            Path directory, WriterSpec spec, CaptureClock clock, Consumer<Path> onOpen)
            throws IOException {
        this.directory = directory;
        this.spec = spec;
        this.clock = clock;
        this.onOpen = onOpen;
        this.names = new SegmentNames(spec.program(), spec.prefix(), spec.ring(), spec.zone());
        open(clock.nextNanos());
    }

    /** Writes the next frame of {@code source}, into the next file if this one is full. */
    public void write(FrameSource source) throws IOException {
        long now = clock.nextNanos();
        if (isFull() || spec.rollOver().isOver(openedNanos, now)) {
            rollOver(now);
        }
        file.write(source, now);
        packets++;
    }

    /** Opens the next file if this one is full and the program would not wait for a packet. */
    public void prepareNext() throws IOException {
        if (spec.program().opensNextAtOnce() && isFull()) {
            rollOver(clock.nextNanos());
        }
    }

    /** Whether the file is full by size or count, so that the next frame goes into another one. */
    public boolean isFull() {
        return spec.rollOver().isFull(file.length(), file.packets());
    }

    /** Number of files begun. */
    public long files() {
        return files;
    }

    /** Number of packets written. */
    public long packets() {
        return packets;
    }

    /** Number of bytes written, headers included, also those that wait for a flush. */
    public long bytes() {
        return closedBytes + file.length();
    }

    /** Number of bytes in the file that is being written, those that wait included. */
    public long fileBytes() {
        return file.length();
    }

    /** The file that is being written, under the name it has now. */
    public Path path() {
        return file.path();
    }

    /** Hands all that waits to the kernel. */
    public void flush() throws IOException {
        file.flush();
    }

    private void rollOver(long now) throws IOException {
        finish();
        closedBytes += file.length();
        open(now);
    }

    private void finish() throws IOException {
        file.flush();
        file.close();
        if (!file.path().equals(finalPath)) {
            Files.move(file.path(), finalPath, StandardCopyOption.ATOMIC_MOVE);
        }
        if (spec.gzip()) {
            Gzip.replace(finalPath);
        }
    }

    private void open(long now) throws IOException {
        openedNanos = now;
        finalPath = directory.resolve(names.name(files++, nameTime(now)));
        onOpen.accept(finalPath);
        file =
                new CaptureFile(
                        spec.program().hidesUnfinished() ? hidden(finalPath) : finalPath,
                        spec.format(),
                        spec.flush());
        keep(finalPath);
    }

    private static Path hidden(Path path) {
        return path.resolveSibling("." + path.getFileName());
    }

    private Instant nameTime(long now) {
        long seconds = now / NANOS_PER_SECOND;
        if (!spec.clashing() && seconds <= nameSeconds) {
            nameSeconds++;
            return Instant.ofEpochSecond(nameSeconds);
        }
        nameSeconds = seconds;
        return Instant.ofEpochSecond(seconds, now % NANOS_PER_SECOND);
    }

    private void keep(Path path) throws IOException {
        if (spec.ring() == 0) {
            return;
        }
        kept.remove(path);
        kept.addLast(path);
        while (kept.size() > spec.ring()) {
            Path oldest = kept.removeFirst();
            Files.deleteIfExists(oldest);
            Files.deleteIfExists(Gzip.compressed(oldest));
        }
    }

    /** Ends as a program that is killed: what waits is lost, mostly in the middle of a record. */
    public void kill() throws IOException {
        file.close();
    }

    /**
     * Ends with a torn record.
     *
     * @param missing number of bytes that the last record lacks, 1 or more
     */
    public void closeTorn(int missing) throws IOException {
        file.tear(missing);
        file.close();
    }

    /** Flushes and ends. */
    @Override
    public void close() throws IOException {
        finish();
    }
}
