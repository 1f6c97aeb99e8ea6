package org.fusedpcap.fs.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStatusTest {

    @TempDir Path directory;

    @Test
    void shouldTellTheSameAsTheJavaRuntime() throws IOException {
        Path path = Files.writeString(directory.resolve("f1"), "some text");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r----x"));
        FileStatus status = FileStatus.of(path);

        assertThat(status.mode()).isEqualTo((Integer) Files.getAttribute(path, "unix:mode"));
        assertThat(status.uid()).isEqualTo((Integer) Files.getAttribute(path, "unix:uid"));
        assertThat(status.gid()).isEqualTo((Integer) Files.getAttribute(path, "unix:gid"));
        assertThat(status.identity().inode())
                .isEqualTo((Long) Files.getAttribute(path, "unix:ino"));
        assertThat(status.identity().size()).isEqualTo(9);
        assertThat(status.identity().modifiedNs())
                .isEqualTo(Files.getLastModifiedTime(path).to(TimeUnit.NANOSECONDS));
        assertThat(status.isRegular()).isTrue();
        assertThat(status.isDirectory()).isFalse();
        assertThat(FileStatus.of(directory).isDirectory()).isTrue();
    }

    @Test
    void shouldTellTheSameOfAPathAndOfAnOpenFile() throws IOException {
        Path path = Files.writeString(directory.resolve("f1"), "text");
        try (NativeFile file = NativeFile.open(path)) {
            assertThat(FileStatus.of(file)).isEqualTo(FileStatus.of(path));
        }
    }

    @Test
    void shouldTellFilesOfOneSizeAndTimeApart() throws IOException {
        Path one = Files.writeString(directory.resolve("f1"), "text");
        Path other = Files.writeString(directory.resolve("f2"), "text");
        FileTime time = FileTime.from(1_700_000_000_123_456_789L, TimeUnit.NANOSECONDS);
        Files.setLastModifiedTime(one, time);
        Files.setLastModifiedTime(other, time);
        FileIdentity first = FileStatus.of(one).identity();
        FileIdentity second = FileStatus.of(other).identity();

        assertThat(first.modifiedNs()).isEqualTo(second.modifiedNs()).isGreaterThan(0);
        assertThat(first).isNotEqualTo(second);
        assertThat(first.isSameFile(second)).isFalse();
        Files.writeString(one, "longer text");
        assertThat(FileStatus.of(one).identity().isSameFile(first)).isTrue();
        assertThat(FileStatus.of(one).identity()).isNotEqualTo(first);
    }

    @Test
    void shouldFollowLinksAndMissWhatIsNotThere() throws IOException {
        Path path = Files.writeString(directory.resolve("f1"), "text");
        Path link = Files.createSymbolicLink(directory.resolve("l1"), path);

        assertThat(FileStatus.of(link)).isEqualTo(FileStatus.of(path));
        Files.delete(path);
        assertThatThrownBy(() -> FileStatus.of(link)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldKnowTimesBeforeTheEpochAndSizesBeyondFourGigabytes() throws IOException {
        Path path = Files.writeString(directory.resolve("f1"), "");
        try (var file =
                java.nio.channels.FileChannel.open(path, java.nio.file.StandardOpenOption.WRITE)) {
            file.write(java.nio.ByteBuffer.allocate(1), 5_000_000_000L - 1);
        }
        Files.setLastModifiedTime(path, FileTime.from(-1, TimeUnit.SECONDS));

        assertThat(FileStatus.of(path).identity().size()).isEqualTo(5_000_000_000L);
        assertThat(FileStatus.of(path).identity().modifiedNs()).isEqualTo(-1_000_000_000L);
    }
}
