package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything but the end files is read-only, and those are not everybody's. */
class ReadOnlyIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.with("allow_other");

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "printf x > f.1",
                "printf x >> f.1",
                "printf x > new.pcap",
                "printf x > f.1..f.2",
                "printf x > .last",
                "printf x > .status",
                "truncate -s 0 f.1",
                "mkdir d",
                "rmdir below",
                "rm -f f.1",
                "mv f.1 f.3",
                "ln f.1 f.3",
                "ln -s f.1 f.3",
                "chmod 600 f.1",
                "chown 1 f.1",
                "touch f.1",
                "mknod n p",
                "rm -f .last"
            })
    void shouldAnswerWritesWithReadOnlyFileSystem(String command) throws IOException {
        RollingSource.write(MOUNTED.source(), 2, 5);
        Files.createDirectory(MOUNTED.source("below"));
        MOUNTED.captures().segment("f.1", 5).segment("f.2", 5);
        MOUNTED.end("*");
        MOUNTED.read("f.1").awaitEnd();

        Tool.Result result = Tool.shell("cd '" + MOUNTED.view() + "' && " + command);

        assertThat(Errno.of(result)).as(result.errors()).isEqualTo(Errno.EROFS);
    }

    @Test
    void shouldMirrorOwnerAndTimeAndTakeWritingAway() throws IOException {
        MOUNTED.captures().segment("f.1", 5);
        Files.setPosixFilePermissions(
                MOUNTED.source("f.1"), PosixFilePermissions.fromString("rw-rw-r-x"));
        Files.setLastModifiedTime(MOUNTED.source("f.1"), FileTime.fromMillis(1_234_567_891_234L));

        Path shown = MOUNTED.view("f.1");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shown)))
                .isEqualTo("r--r--r--");
        assertThat(Files.getOwner(shown)).isEqualTo(Files.getOwner(MOUNTED.source("f.1")));
        assertThat(Files.getLastModifiedTime(shown))
                .isEqualTo(Files.getLastModifiedTime(MOUNTED.source("f.1")));
    }

    @Test
    void shouldLetOthersReadButSetNoEnd() throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 2, 5);
        MOUNTED.end("no-such-file");

        Nobody.shell("cat '" + MOUNTED.view(source.range()) + "'").assertQuiet();
        for (String command :
                new String[] {"echo x > .end", "echo x >> .end", "echo x > .end.1", "rm -f .end"}) {
            Tool.Result result = Nobody.shell("cd '" + MOUNTED.view() + "' && " + command);
            assertThat(Errno.of(result)).as(command).isEqualTo(Errno.EACCES);
        }
        assertThat(Files.readString(MOUNTED.view(".end"))).isEqualTo("no-such-file\n");
        assertThat(MOUNTED.list()).doesNotContain(".end.1");
    }

    @Test
    void shouldHideFromOthersWhatTheyMayNotReadInTheSource() throws IOException {
        MOUNTED.captures().segment("f.1", 5);
        Files.setPosixFilePermissions(
                MOUNTED.source("f.1"), PosixFilePermissions.fromString("rw-------"));

        for (String name : new String[] {"f.1", "f.1..", "f.1..f.1", "keepcache/f.1"}) {
            Tool.Result result = Nobody.shell("cat '" + MOUNTED.view(name) + "'");
            assertThat(Errno.of(result)).as(name).isEqualTo(Errno.EACCES);
        }
    }
}
