package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.fusedpcap.fs.linux.InotifyChanges;
import org.fusedpcap.fs.linux.User;
import org.fusedpcap.fs.options.SegmentOrder;
import org.fusedpcap.fs.series.CapturePacketTimes;
import org.fusedpcap.fs.series.ChangeSource;
import org.fusedpcap.fs.series.PollingChanges;
import org.fusedpcap.fs.series.SeriesSpec;
import org.fusedpcap.fs.series.SourceDirectories;
import org.fusedpcap.fs.series.SourceDirectory;
import org.fusedpcap.fs.series.StartedSeries;

/** A real directory that the kernel tells the changes of, and what a mount reads it with. */
final class FollowFixture implements AutoCloseable {

    final Path path;
    final SegmentFiles files = SegmentFiles.anywhere();
    final StreamEvents events = new StreamEvents();
    final TestEnds ends = new TestEnds();
    private final SourceDirectories directories;
    private final SourceDirectory directory;
    private boolean isGuest;

    FollowFixture(Path path) throws IOException {
        this(path, new InotifyChanges());
    }

    /**
     * @param notifying tells the changes
     */
    FollowFixture(Path path, ChangeSource notifying) throws IOException {
        this.path = path;
        directories =
                new SourceDirectories(
                        notifying,
                        new PollingChanges(Duration.ofMillis(20)),
                        new CapturePacketTimes());
        directory = directories.acquire(path);
    }

    /** The same directory, used by somebody else. */
    FollowFixture(FollowFixture other) throws IOException {
        path = other.path;
        directories = other.directories;
        directory = directories.acquire(path);
        isGuest = true;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    void write(String name, byte[] bytes) throws IOException {
        Files.write(file(name), bytes);
    }

    void append(String name, byte[] bytes) throws IOException {
        TestCapture.append(file(name), bytes);
    }

    void rewrite(String name, byte[] bytes) throws IOException {
        TestCapture.rewrite(file(name), bytes);
    }

    /**
     * Writes a file anew in place as a ring does, slowly: cuts it, and writes on once the series
     * has put it behind the others.
     */
    void rewriteAndTell(String name, byte[] bytes) throws IOException {
        StartedSeries before = series(name);
        rewrite(name, new byte[0]);
        await().until(() -> !before.series().isCurrent(before.first()));
        append(name, bytes);
    }

    /** Waits until the series knows of a segment and how long it is. */
    void awaitSize(String name, long size) {
        await().until(
                        () -> {
                            StartedSeries started = series(name);
                            return started.series().lastSize(started.first()) == size;
                        });
    }

    StartedSeries series(String start) throws IOException {
        return series(start, SegmentOrder.NAME);
    }

    /** All that happened before is seen in it. */
    StartedSeries series(String start, SegmentOrder order) throws IOException {
        return directory.open(start, new SeriesSpec(Optional.empty(), order));
    }

    FollowStream follow(String start) throws IOException {
        return follow(start, User.ROOT);
    }

    FollowStream follow(String start, User reader) throws IOException {
        return follow(start, SegmentOrder.NAME, events, reader);
    }

    FollowStream follow(String start, SegmentOrder order) throws IOException {
        return follow(start, order, events);
    }

    FollowStream follow(String start, SegmentOrder order, StreamEvents told) throws IOException {
        return follow(start, order, told, User.ROOT);
    }

    private FollowStream follow(String start, SegmentOrder order, StreamEvents told, User reader)
            throws IOException {
        return follow(series(start, order), reader, told);
    }

    /** Begins to follow what was found before. */
    FollowStream follow(StartedSeries found) throws IOException {
        return follow(found, User.ROOT, events);
    }

    private FollowStream follow(StartedSeries found, User reader, StreamEvents told)
            throws IOException {
        return FollowStream.open(found.series(), found.first(), files, reader, ends, told);
    }

    static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2));
    }

    @Override
    public void close() {
        directory.close();
        if (!isGuest) {
            directories.close();
        }
    }
}
