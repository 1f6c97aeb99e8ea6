package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.stream.TestCapture.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fusedpcap.fs.compression.PackedFormat;
import org.fusedpcap.fs.compression.Packing;
import org.fusedpcap.fs.linux.NativeFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {

    @TempDir Path directory;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger refused = new AtomicInteger();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private Executor refusingAtFirst() {
        return task -> {
            if (refused.getAndIncrement() == 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            threads.execute(task);
        };
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldFailWithoutAThreadAndTryAgain() throws IOException {
        Path path = directory.resolve("f1.gz");
        Files.write(path, Packing.GZIP.pack(capture(0, 10)));
        try (NativeFile file = NativeFile.open(path)) {
            AtomicInteger ends = new AtomicInteger();
            Unpacking unpacking =
                    new Unpacking(
                            path,
                            PackedFormat.GZIP,
                            new PackedFile(file, Long.MAX_VALUE),
                            ends::incrementAndGet,
                            refusingAtFirst());

            assertThatThrownBy(() -> unpacking.size(28))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("native thread");
            assertThat(unpacking.size(28)).isGreaterThanOrEqualTo(28);
            ByteBuffer bytes = ByteBuffer.allocate(24);
            assertThat(unpacking.read(bytes, 0)).isEqualTo(24);
            assertThat(bytes.array()).isEqualTo(TestCapture.header());
            unpacking.close();
            FollowFixture.await().until(() -> ends.get() == 1);
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldLetGoOfTheFileIfItNeverHadAThread() throws IOException {
        Path path = directory.resolve("f1.gz");
        Files.write(path, Packing.GZIP.pack(capture(0, 10)));
        try (NativeFile file = NativeFile.open(path)) {
            AtomicInteger ends = new AtomicInteger();
            Unpacking unpacking =
                    new Unpacking(
                            path,
                            PackedFormat.GZIP,
                            new PackedFile(file, Long.MAX_VALUE),
                            ends::incrementAndGet,
                            refusingAtFirst());

            assertThatThrownBy(() -> unpacking.size(28)).isInstanceOf(IOException.class);
            unpacking.close();
            assertThat(ends).hasValue(1);
        }
    }
}
