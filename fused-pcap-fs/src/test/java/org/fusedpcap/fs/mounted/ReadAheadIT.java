package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;

/** How far the kernel reads ahead, which root may set. */
class ReadAheadIT {

    private static final String REQUEST_KIB = "960";

    @Test
    void shouldBeOneRequestAlsoBesideAMountWhoseNameIsNotUtf8() throws IOException {
        try (Scratch scratch = new Scratch()) {
            Path source = scratch.directory("src");
            Captures.in(source).segment("f.1", 10);
            String odd = "d=$(printf '%s/\\344' '" + scratch.path() + "'); ";
            Tool.shell(odd + "mkdir \"$d\" && mount --bind \"$d\" \"$d\"").assertQuiet();
            try (Mount mount = Mount.of(scratch, source)) {
                String device = "$(mountpoint -d '" + mount.path() + "')";
                String ask = "cat /sys/class/bdi/" + device + "/read_ahead_kb";

                // It is set once the mount is there, by the thread that has met the kernel.
                Limits.await("read-ahead")
                        .untilAsserted(
                                () ->
                                        assertThat(Tool.shell(ask).output().trim())
                                                .isEqualTo(REQUEST_KIB));
                assertThat(mount.log()).doesNotContain("failed");
            } finally {
                Tool.shell(odd + "umount \"$d\"; rmdir \"$d\"").assertQuiet();
            }
        }
    }
}
