package org.fusedpcap.fs.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFileTest {

    @TempDir Path directory;

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("f1"), text);
    }

    @Test
    void shouldReadAtAnyOffsetIntoAnyBuffer() throws IOException {
        try (NativeFile file = NativeFile.open(write("0123456789"))) {
            ByteBuffer direct = ByteBuffer.allocateDirect(4);
            ByteBuffer heap = ByteBuffer.allocate(100).position(3);

            assertThat(file.read(direct, 2)).isEqualTo(4);
            assertThat(direct.hasRemaining()).isFalse();
            assertThat((char) direct.get(0)).isEqualTo('2');
            assertThat(file.read(heap, 7)).isEqualTo(3);
            assertThat(heap.position()).isEqualTo(6);
            assertThat(new String(heap.array(), 3, 3, java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("789");
            assertThat(file.read(heap, 10)).isZero();
            assertThat(file.read(heap, 1L << 40)).isZero();
        }
    }

    @Test
    void shouldTellWhyAFileCannotBeOpened() throws IOException {
        Path loop = Files.createSymbolicLink(directory.resolve("loop"), directory.resolve("loop"));

        assertThatThrownBy(() -> NativeFile.open(directory.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> NativeFile.open(write("x").resolve("below")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> NativeFile.open(loop))
                .isInstanceOfSatisfying(
                        ErrnoException.class, failure -> assertThat(failure.errno()).isEqualTo(40))
                .hasMessageContaining("open " + loop);
    }

    @Test
    void shouldTellAReadThatFails() throws IOException {
        // Nothing is mapped at address 0.
        try (NativeFile memory = NativeFile.open(Path.of("/proc/self/mem"))) {
            assertThatThrownBy(() -> memory.read(ByteBuffer.allocate(10), 0))
                    .isInstanceOfSatisfying(
                            ErrnoException.class,
                            failure -> assertThat(failure.errno()).isEqualTo(5));
        }
    }

    @Test
    void shouldNotWaitForTheWriterOfAFifo() throws Exception {
        Path fifo = directory.resolve("fifo");
        run("mkfifo", fifo.toString());
        try (NativeFile file = NativeFile.open(fifo)) {
            assertThat(file.isRegular()).isFalse();
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    @Test
    void shouldTellThatNobodyWrites() throws IOException {
        try (NativeFile file = NativeFile.open(write("x"));
                NativeFile other = NativeFile.open(file.path())) {
            assertThat(file.writers()).isEqualTo(Writers.NONE);
            assertThat(other.writers()).isEqualTo(Writers.NONE);
        }
    }

    @Test
    void shouldTellThatThisProcessWrites() throws IOException {
        try (NativeFile file = NativeFile.open(write("x"))) {
            try (FileChannel writer = FileChannel.open(file.path(), StandardOpenOption.APPEND)) {
                assertThat(writer.isOpen()).isTrue();
                assertThat(file.writers()).isEqualTo(Writers.SOME);
            }
            assertThat(file.writers()).isEqualTo(Writers.NONE);
        }
    }

    @Test
    void shouldTellThatAnotherProcessWritesUntilItEnds() throws Exception {
        try (NativeFile file = NativeFile.open(write("x"))) {
            Process writer =
                    new ProcessBuilder("sh", "-c", "exec 3>>" + file.path() + "; echo; read end")
                            .start();
            try {
                assertThat(writer.getInputStream().read()).isEqualTo('\n');
                assertThat(file.writers()).isEqualTo(Writers.SOME);
            } finally {
                writer.destroyForcibly();
            }
            assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> file.writers() == Writers.NONE);
        }
    }

    /** The lease is given back at once, or a writer would wait for most of a minute. */
    @Test
    void shouldNotKeepALeaseThatAWriterWouldWaitFor() throws Exception {
        try (NativeFile file = NativeFile.open(write("x"))) {
            assertThat(file.writers()).isEqualTo(Writers.NONE);
            Process writer =
                    new ProcessBuilder("sh", "-c", "exec 3>>" + file.path() + "; echo").start();

            assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(writer.exitValue()).isZero();
        }
    }

    @Test
    void shouldNotTellOfWhatHasNoLeases() throws IOException {
        try (NativeFile file = NativeFile.open(Path.of("/proc/self/status"))) {
            assertThat(file.writers()).isNotEqualTo(Writers.SOME);
        }
    }

    @Test
    void shouldKeepAFileReadableThatIsDeleted() throws IOException {
        try (NativeFile file = NativeFile.open(write("text"))) {
            FileIdentity before = file.identity();
            Files.delete(file.path());

            assertThat(file.read(ByteBuffer.allocate(10), 0)).isEqualTo(4);
            assertThat(file.identity().isSameFile(before)).isTrue();
        }
    }
}
