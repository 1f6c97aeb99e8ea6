package org.fusedpcap.fs.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fusedpcap.fs.series.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken from the kernel's queue when it is read, as late as a test likes. */
class InotifyReaderTest {

    private static final int IN_NONBLOCK = 0x800;

    @TempDir Path path;
    private final InotifyLibC libc = InotifyLibC.load();
    private final RecordingListener told = new RecordingListener();
    private final DirectoryNews news = new DirectoryNews(told, Runnable::run);
    private int descriptor;
    private InotifyReader reader;

    @BeforeEach
    void watch() {
        descriptor = libc.inotify_init1(IN_NONBLOCK);
        libc.inotify_add_watch(descriptor, path.toString(), InotifyEvents.IN_CREATE);
        reader = new InotifyReader(libc, descriptor, number -> List.of(news));
    }

    @AfterEach
    void close() {
        libc.close(descriptor);
    }

    @Test
    void shouldTakeNothingWhereNothingHappened() throws IOException {
        assertThat(reader.read()).isFalse();
        assertThat(told.changes).isEmpty();
    }

    @Test
    void shouldTellThatChangesWereLostBehindThoseThatTheKernelKept() throws IOException {
        int queue = longestQueue();
        for (int i = 0; i <= queue; i++) {
            Files.createFile(path.resolve("f" + i));
        }

        while (reader.read()) {
            // Until nothing is left.
        }

        assertThat(told.changes).hasSize(queue + 1).startsWith("CREATED f0").endsWith("lost");
    }

    private static int longestQueue() throws IOException {
        // The kernel gives such a number to a single read(2) only, which Files.readString is not.
        try (BufferedReader reader =
                Files.newBufferedReader(Path.of("/proc/sys/fs/inotify/max_queued_events"))) {
            return Integer.parseInt(reader.readLine());
        }
    }
}
