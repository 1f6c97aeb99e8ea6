package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A later segment that cannot follow: the reader has everything up to it, then gets an error. */
class IncompatibleSegmentsIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int RAW_IP = 101;

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"f.1", "f.1..", "f.1..f.4", "keepcache/f.1", "keepcache/f.1..f.4"})
    void shouldFailBehindAllThatCouldBeRead(String path) throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 100).segment("f.2", 100);
        byte[] readable = RollingSource.of(captures.paths()).bytes();
        captures.format(CaptureFormat.PCAP.withLinkType(RAW_IP))
                .segment("f.3", 100)
                .segment("f.4", 100);

        StreamReader reader = MOUNTED.read(path, 10_000);

        assertThat(Errno.of(reader.awaitFailure())).isEqualTo(Errno.EIO);
        assertThat(reader.bytes()).isEqualTo(readable);
        assertThat(List.of(line(".last"), line(".next"))).containsExactly("f.2", "f.3");
        assertThat(MOUNTED.mount().log().lines())
                .anyMatch(said -> said.contains("f.2") && said.contains("f.3"));
    }

    private static String line(String name) throws IOException {
        Path control = MOUNTED.view(name);
        Limits.await(name).until(() -> Files.exists(control));
        return Files.readString(control).strip();
    }
}
