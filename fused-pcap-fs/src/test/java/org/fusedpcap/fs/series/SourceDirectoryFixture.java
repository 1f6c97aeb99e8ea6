package org.fusedpcap.fs.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.fusedpcap.fs.linux.InotifyChanges;
import org.fusedpcap.fs.options.SegmentOrder;

/** A real directory, watched in one of the two ways, and what its series was told. */
final class SourceDirectoryFixture implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    final Path path;
    final SourceDirectories directories;
    final SourceDirectory directory;
    final Queue<String> told = new ConcurrentLinkedQueue<>();

    private SourceDirectoryFixture(Path path, SourceDirectories directories) throws IOException {
        this.path = path;
        this.directories = directories;
        this.directory = directories.acquire(path);
    }

    static SourceDirectoryFixture watched(Path path) throws IOException {
        return new SourceDirectoryFixture(
                path,
                new SourceDirectories(
                        new InotifyChanges(),
                        new PollingChanges(Duration.ofMillis(20)),
                        new CapturePacketTimes()));
    }

    static SourceDirectoryFixture lookedAt(Path path) throws IOException {
        return new SourceDirectoryFixture(
                path,
                new SourceDirectories(
                        new PollingChanges(Duration.ofMillis(20)),
                        new PollingChanges(Duration.ofMillis(20)),
                        new CapturePacketTimes()));
    }

    StartedSeries open(String start) throws IOException {
        return directory.open(start, SeriesSpec.DEFAULT);
    }

    StartedSeries open(String start, SegmentOrder order) throws IOException {
        return directory.open(start, new SeriesSpec(Optional.empty(), order));
    }

    /** Opens a series and notes what it is told, as "CHANGE name". */
    StartedSeries follow(String start) throws IOException {
        StartedSeries started = open(start);
        started.series().subscribe((segment, change) -> told.add(change + " " + segment.name()));
        return started;
    }

    /** Opens a file for writing, writes nothing, and sets its time, as touch(1) does. */
    void touch(String name) throws IOException {
        Path file = path.resolve(name);
        try (var opened = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            Files.setLastModifiedTime(
                    file, FileTime.from(Instant.now().plusSeconds(opened.size())));
        }
    }

    void write(String name, String text) throws IOException {
        Files.writeString(path.resolve(name), text);
    }

    void append(String name, String text) throws IOException {
        Files.writeString(path.resolve(name), text, StandardOpenOption.APPEND);
    }

    void create(String... names) throws IOException {
        for (String name : names) {
            write(name, name);
        }
    }

    /** Sets the time of modification, in seconds since 1970. */
    void touch(String name, long seconds) throws IOException {
        Files.setLastModifiedTime(path.resolve(name), FileTime.fromMillis(seconds * 1000));
    }

    /** The names behind a segment, as a reader would walk them. */
    static List<String> walk(StartedSeries started) {
        List<String> names = new ArrayList<>();
        Optional<Segment> segment = Optional.of(started.first());
        while (segment.isPresent()) {
            names.add(segment.get().name());
            segment = started.series().after(segment.get());
        }
        return names;
    }

    void awaitTold(String change) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(LIMIT)
                .until(() -> told.contains(change));
    }

    @Override
    public void close() {
        directory.close();
        directories.close();
    }
}
