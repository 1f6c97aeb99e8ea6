package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files appear as fast as they can while readers walk the series from its start. */
class ConcurrencyTest {

    private static final int FILES = 10_000;
    private static final int READERS = 4;

    @TempDir Path path;

    @Test
    void shouldLoseNoSegmentAndKeepTheOrderWhileFilesAppear() throws Exception {
        try (SourceDirectoryFixture source = SourceDirectoryFixture.watched(path)) {
            source.create("f0");
            ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
            try {
                List<Future<List<String>>> readers = new ArrayList<>();
                Future<?> writer = threads.submit(() -> createAll());
                for (int i = 0; i < READERS; i++) {
                    readers.add(threads.submit(() -> readAll(source)));
                }
                writer.get(180, TimeUnit.SECONDS);
                List<String> expected = IntStream.range(0, FILES).mapToObj(i -> "f" + i).toList();
                for (Future<List<String>> reader : readers) {
                    assertThat(reader.get(180, TimeUnit.SECONDS)).isEqualTo(expected);
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private Void createAll() throws Exception {
        for (int i = 1; i < FILES; i++) {
            Files.createFile(path.resolve("f" + i));
        }
        return null;
    }

    /** Walks as a stream does: subscribes, then looks, then waits for what it is told. */
    private static List<String> readAll(SourceDirectoryFixture source) throws Exception {
        StartedSeries started = source.open("f0");
        Semaphore news = new Semaphore(0);
        SeriesListener listener = (segment, change) -> news.release();
        started.series().subscribe(listener);
        List<String> names = new ArrayList<>(List.of("f0"));
        Segment at = started.first();
        while (names.size() < FILES) {
            Optional<Segment> next = started.series().after(at);
            if (next.isPresent()) {
                at = next.get();
                names.add(at.name());
            } else if (!news.tryAcquire(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing told after " + at);
            }
        }
        started.series().unsubscribe(listener);
        return names;
    }
}
