package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.testkit.LiveWriter;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureProgram;
import org.fusedpcap.testkit.writer.FlushPolicy;
import org.fusedpcap.testkit.writer.RollOver;
import org.fusedpcap.testkit.writer.WriterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Followed streams with {@code keepcache} as a mount option, where others share the file. */
class CachedFollowIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.with("keepcache");

    private static final int LOOKERS = 2;
    private static final long SEED = 20_261_122;

    /** Each look tells the kernel of a size, while the reader is somewhere in the last page. */
    @Test
    void shouldBeReadWholeWhileOthersLookAtTheFile() throws IOException {
        WriterSpec spec =
                WriterSpec.of(CaptureProgram.DAEMONLOGGER)
                        .with(FlushPolicy.PACKET)
                        .with(RollOver.packets(1000));
        try (LiveWriter writer =
                LiveWriter.start(MOUNTED.source(), spec, TrafficSpec.ofSeed(SEED), 8_000)) {
            Path first = MOUNTED.view(writer.files().get(0).getFileName().toString());
            Limits.await("first").until(() -> Files.exists(first));
            Tool reader = MOUNTED.start("cat", first.toString());
            List<Tool> lookers = new ArrayList<>();
            for (int i = 0; i < LOOKERS; i++) {
                String look =
                        "while stat -L '" + first + "' /proc/" + reader.pid() + "/fd/3; do :; done";
                lookers.add(MOUNTED.start("bash", "-c", look + " > /dev/null 2>&1"));
            }
            Limits.await("60 roll-overs").until(() -> writer.files().size() > 60);
            writer.stop();
            byte[] expected = RollingSource.of(writer.files()).bytes();
            Limits.await("all read")
                    .until(() -> Files.size(reader.outputFile()) >= expected.length);
            MOUNTED.end("*");

            reader.await().assertQuiet();
            assertThat(Files.readAllBytes(reader.outputFile())).isEqualTo(expected);
        }
    }
}
