package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Root has mounted for all; others read no more than they may read in the source. */
class OtherUsersIT {

    private static final int GROUP = 54_321;
    private static final int HEADER = 24;

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.with("allow_other");

    private byte[] all;
    private byte[] allowed;

    @BeforeEach
    void makeSource() throws IOException {
        MOUNTED.captures().segment("f.1", 50).segment("f.2", 50).segment("f.3", 50);
        all = RollingSource.of(files("f.1", "f.2", "f.3")).bytes();
        allowed = RollingSource.of(files("f.1", "f.3")).bytes();
        setMode("f.2", "rw-r-----");
        Files.setAttribute(MOUNTED.source("f.2"), "unix:gid", GROUP);
        // Of what has just been changed the mode may be about to change once more.
        Limits.await("f.2 was not changed just now").until(() -> isOld("f.2"));
    }

    private static boolean isOld(String name) throws IOException {
        FileTime changed = (FileTime) Files.getAttribute(MOUNTED.source(name), "unix:ctime");
        return changed.toInstant().isBefore(Instant.now().minusSeconds(2));
    }

    private static List<Path> files(String... names) {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            files.add(MOUNTED.source(name));
        }
        return files;
    }

    private static void setMode(String name, String mode) throws IOException {
        Files.setPosixFilePermissions(MOUNTED.source(name), PosixFilePermissions.fromString(mode));
    }

    @Test
    void shouldRefuseARangeWithAFileOfOthersInItThoughItIsCached() throws IOException {
        for (String name :
                new String[] {"f.1..f.3", "f.1..f.2", "f.2..f.3", "keepcache/f.1..f.3"}) {
            Files.readAllBytes(MOUNTED.view(name));
            Tool.Result result = Nobody.shell("cat '" + MOUNTED.view(name) + "'");

            assertThat(Errno.of(result)).as(name).isEqualTo(Errno.EACCES);
            assertThat(result.output()).as(name).isEmpty();
        }
        assertThat(MOUNTED.mount().log()).contains("f.2: user " + Nobody.UID + " may not read it");
        setMode("f.2", "rw-r--r--");
        Nobody.shell("cmp '" + MOUNTED.view("f.1..f.3") + "' <(cat '" + write(all) + "')")
                .assertQuiet();
    }

    @Test
    void shouldLetAMemberOfTheGroupRead() throws IOException {
        String command = "exec cat '" + MOUNTED.view("f.1..f.3") + "' | cmp - '" + write(all) + "'";
        Tool.run(
                        "setpriv",
                        "--reuid=" + Nobody.UID,
                        "--regid=" + Nobody.UID,
                        "--groups=" + GROUP,
                        "bash",
                        "-c",
                        command)
                .assertQuiet();
    }

    @Test
    void shouldPassOverAFileOfOthersInAFollow() throws IOException {
        for (String name : new String[] {"f.1", "keepcache/f.1", "clustersize=1/f.1.."}) {
            MOUNTED.end("f.3");
            String command = "cat '" + MOUNTED.view(name) + "' | cmp - '" + write(allowed) + "'";
            Nobody.shell(command).assertQuiet();
            assertThat(Files.readAllBytes(MOUNTED.view("f.1..f.3"))).isEqualTo(all);
        }
        assertThat(MOUNTED.mount().log())
                .contains("f.2 is passed over: user " + Nobody.UID + " may not read it");
    }

    @Test
    void shouldPassOverAFileOfOthersInAClusterOfTheirs() throws IOException {
        MOUNTED.end("f.3");
        String line = "cat '" + MOUNTED.view("clustersize=2/f.1") + "'";
        List<Tool> nobody = new ArrayList<>();
        List<Tool> root = new ArrayList<>();
        // In turns: whose rights are others makes another cluster.
        for (int i = 0; i < 2; i++) {
            nobody.add(
                    MOUNTED.start(
                            Nobody.command(List.of("bash", "-c", line)).toArray(String[]::new)));
            root.add(MOUNTED.start("bash", "-c", line));
        }

        assertThat(records(nobody)).isEqualTo(allowed.length - HEADER);
        assertThat(records(root)).isEqualTo(all.length - HEADER);
    }

    private static long records(List<Tool> members) throws IOException {
        long sum = 0;
        for (Tool member : members) {
            assertThat(member.await().status()).isZero();
            sum += Files.size(member.outputFile()) - HEADER;
        }
        return sum;
    }

    @Test
    void shouldRefuseAClusterOnARangeWithAFileOfOthersInIt() throws IOException {
        Tool.Result result = Nobody.shell("cat '" + MOUNTED.view("clustersize=2/f.1..f.3") + "'");

        assertThat(Errno.of(result)).isEqualTo(Errno.EACCES);
    }

    private static Path write(byte[] bytes) throws IOException {
        Path file = MOUNTED.source("expected");
        Files.write(file, bytes);
        return file;
    }
}
