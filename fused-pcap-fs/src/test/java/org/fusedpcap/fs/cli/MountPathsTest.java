package org.fusedpcap.fs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountPathsTest {

    @TempDir private Path folder;
    private Path source;
    private Path mountPoint;

    @BeforeEach
    void makeFolders() throws IOException {
        source = Files.createDirectory(folder.toRealPath().resolve("source"));
        mountPoint = Files.createDirectory(folder.toRealPath().resolve("mount point"));
    }

    @Test
    void shouldResolveLinks() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), source);
        assertThat(MountPaths.check(link.toString(), mountPoint.toString()))
                .isEqualTo(new MountPaths(source, mountPoint));
    }

    @Test
    void shouldRefuseWhatIsNotThere() {
        assertRefused(folder + "/none", mountPoint.toString(), "/none: no such directory");
        assertRefused(source.toString(), folder + "/none", "/none: no such directory");
    }

    @Test
    void shouldRefuseWhatIsNoDirectory() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertRefused(file.toString(), mountPoint.toString(), "/file: not a directory");
        assertRefused(source.toString(), file.toString(), "/file: not a directory");
    }

    @Test
    void shouldRefuseOneDirectoryForBoth() {
        assertRefused(source.toString(), source + "/.", "are the same directory");
    }

    @Test
    void shouldRefuseOneInsideTheOther() throws IOException {
        Path inside = Files.createDirectory(source.resolve("inside"));
        assertRefused(source.toString(), inside.toString(), "mount point lies inside the source");
        assertRefused(inside.toString(), source.toString(), "source lies inside the mount point");
    }

    @Test
    void shouldSeeThroughALinkIntoTheSource() throws IOException {
        Path inside = Files.createDirectory(source.resolve("inside"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), inside);
        assertRefused(source.toString(), link.toString(), "mount point lies inside the source");
    }

    @Test
    void shouldTakeNamesThatBeginAlike() throws Exception {
        Path alike = Files.createDirectory(folder.toRealPath().resolve("source2"));
        assertThat(MountPaths.check(source.toString(), alike.toString()).mountPoint())
                .isEqualTo(alike);
    }

    private static void assertRefused(String source, String mountPoint, String message) {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> MountPaths.check(source, mountPoint))
                .withMessageContaining(message)
                .matches(e -> e.exitCode() == ExitCode.MOUNT_FAILED)
                .matches(e -> e.getMessage().lines().count() == 1);
    }
}
