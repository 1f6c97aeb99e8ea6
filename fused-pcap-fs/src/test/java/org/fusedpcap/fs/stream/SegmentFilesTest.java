package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.stream.TestCapture.append;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.records;
import static org.fusedpcap.fs.stream.TestCapture.rewrite;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.linux.FileStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFilesTest {

    @TempDir Path directory;
    private final SegmentFiles files = SegmentFiles.anywhere();

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    /** Descriptors of this process that are open on files of the directory. */
    private long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(this::isOurs).count();
        }
    }

    private boolean isOurs(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(directory);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void shouldOpenAFileOnceForAllWhoReadIt() throws IOException {
        Path path = write("f1", capture(0, 3));
        SegmentFile one = files.open(path);
        SegmentFile other = files.open(path);

        assertThat(other).isSameAs(one);
        assertThat(descriptors()).isEqualTo(1);
        one.release();
        assertThat(one.size()).isEqualTo(24 + 3 * 76);
        other.release();
        assertThat(descriptors()).isZero();
        assertThat(files.openCount()).isZero();
    }

    @Test
    void shouldStayOpenForEachWhoHoldsIt() throws IOException {
        SegmentFile file = files.open(write("f1", capture(0, 3)));
        file.retain();
        file.release();
        assertThat(file.copy(24, 76).array()).isEqualTo(records(0, 1));
        file.release();

        assertThat(descriptors()).isZero();
    }

    @Test
    void shouldKnowAFileByItsInodeNotByItsName() throws IOException {
        Path path = write("f1", capture(0, 3));
        SegmentFile first = files.open(path);
        Path link = Files.createLink(directory.resolve("f2"), path);
        assertThat(files.open(link)).isSameAs(first);
        Files.delete(path);
        write("f1", capture(10, 3));

        SegmentFile second = files.open(path);

        assertThat(second).isNotSameAs(first);
        first.release();
        first.release();
        second.release();
        assertThat(descriptors()).isZero();
    }

    @Test
    void shouldNotShareAFileThatWasWrittenAnewInPlace() throws IOException {
        Path path = write("f1", capture(0, 30));
        SegmentFile old = files.open(path);
        old.header();
        old.scan().advance(Long.MAX_VALUE);
        rewrite(path, capture(100, 50));

        SegmentFile fresh = files.open(path);

        assertThat(fresh).isNotSameAs(old);
        assertThat(files.open(path)).isSameAs(fresh);
        fresh.release();
        old.release();
        assertThat(files.openCount()).isEqualTo(1);
        fresh.release();
        assertThat(descriptors()).isZero();
    }

    @Test
    void shouldNotShareAHeaderThatHasChanged() throws IOException {
        Path path = write("f1", capture(0, 0));
        SegmentFile old = files.open(path);
        old.header();
        rewrite(path, TestCapture.header(ByteOrder.BIG_ENDIAN, 0xa1b2c3d4, 1));
        SegmentFile fresh = files.open(path);

        assertThat(fresh.header().orElseThrow().order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        old.release();
        fresh.release();
    }

    @Test
    void shouldRememberHowFarAFileWasScanned() throws IOException {
        Path path = write("f1", TestCapture.slice(capture(0, 3), 0, 200));
        SegmentFile file = files.open(path);
        file.header();
        file.scan().advance(Long.MAX_VALUE);
        file.release();

        assertThat(files.remembered(FileStatus.of(path).identity()))
                .contains(new ScannedFile(24, 24 + 2 * 76, false));
        append(path, records(3, 1));
        assertThat(files.remembered(FileStatus.of(path).identity())).isEmpty();
    }

    @Test
    void shouldNotRememberWhatWasNotScannedToTheEndOrOverwrittenSince() throws IOException {
        Path path = write("f1", capture(0, 10_000));
        SegmentFile file = files.open(path);
        file.header();
        file.scan().advance(100);
        file.release();
        assertThat(files.remembered(FileStatus.of(path).identity())).isEmpty();

        SegmentFile again = files.open(path);
        again.header();
        again.scan().advance(Long.MAX_VALUE);
        rewrite(path, TestCapture.join(capture(5, 9_999), new byte[76]));
        again.release();
        assertThat(files.remembered(FileStatus.of(path).identity())).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoFileAndKeepNothingOpen() throws IOException {
        Files.createDirectory(directory.resolve("d"));

        assertThatThrownBy(() -> files.open(directory.resolve("d")))
                .isInstanceOf(InvalidCaptureException.class);
        assertThatThrownBy(() -> files.open(directory.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> files.open(Path.of("/dev/null")))
                .isInstanceOf(InvalidCaptureException.class);
        assertThat(descriptors()).isZero();
    }

    @Test
    void shouldLeakNothingWhenManyThreadsOpenAndReleaseTheSameFiles() throws IOException {
        for (int i = 0; i < 5; i++) {
            write("f" + i, capture(i, 10));
        }
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(CompletableFuture.runAsync(this::openAndRelease));
        }
        threads.forEach(CompletableFuture::join);

        assertThat(files.openCount()).isZero();
        assertThat(descriptors()).isZero();
    }

    private void openAndRelease() {
        try {
            for (int i = 0; i < 2000; i++) {
                SegmentFile file = files.open(directory.resolve("f" + i % 5));
                file.header();
                assertThat(file.scan().advance(Long.MAX_VALUE)).isEqualTo(24 + 760);
                assertThat(file.copy(24, 76).array()).isEqualTo(records(i % 5, 1));
                file.release();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldGoOnWithTheScanOfAFileThatWasClosedAndIsUnchanged() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path path = write("f1", capture(0, 5000));
        SegmentFile first = files.open(path);
        assertThat(first.header()).isPresent();
        long size = first.scan().advance(Long.MAX_VALUE);
        first.release();

        SegmentFile again = files.open(path);
        try {
            assertThat(again.header()).isPresent();
            assertThat(again.scan().wholeEnd()).isEqualTo(size).isEqualTo(24 + 5000 * 76);
            assertThat(again.scan().packets().before(size)).isEqualTo(5000);
            for (int i = 0; i < 2000; i++) {
                long at = 24 + random.nextInt(5000 * 76);
                long before = 24 + (at - 24) / 76 * 76;
                assertThat(again.scan().lastEndBefore(at)).isEqualTo(before);
                assertThat(again.scan().endOfRecordAt(at))
                        .isEqualTo(at == before ? at : before + 76);
            }
            append(path, records(5000, 10));
            assertThat(again.scan().advance(Long.MAX_VALUE)).isEqualTo(size + 760);
            assertThat(again.scan().packets().before(size + 760)).isEqualTo(5010);
        } finally {
            again.release();
        }
    }

    @Test
    void shouldScanAFileAnewThatWasChangedWhileItWasClosed() throws IOException {
        Path path = write("f1", capture(0, 100));
        SegmentFile first = files.open(path);
        assertThat(first.header()).isPresent();
        first.scan().advance(Long.MAX_VALUE);
        first.release();
        rewrite(path, capture(9000, 50));

        SegmentFile again = files.open(path);
        try {
            assertThat(again.header()).isPresent();
            assertThat(again.scan().wholeEnd()).isEqualTo(24);
            assertThat(again.scan().advance(Long.MAX_VALUE)).isEqualTo(24 + 50 * 76);
        } finally {
            again.release();
        }
    }
}
