package org.fusedpcap.fs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFileTest {

    @ParameterizedTest
    @CsvSource({
        "/mnt/pcap/eth0, mnt+pcap+eth0.log",
        "/mnt/my captures/ü-1, mnt+my captures+ü-1.log",
        "/a+b%c, a%2Bb%25c.log",
        "/, +.log"
    })
    void shouldBeNamedAfterTheMountPoint(Path mountPoint, String name) {
        assertThat(LogFile.name(mountPoint)).isEqualTo(name);
    }

    @Test
    void shouldFitIntoAFileNameHoweverLongTheMountPoint() {
        String name = LogFile.name(Path.of("/" + "x".repeat(250) + "/" + "ü".repeat(150)));
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(200);
        assertThat(name).endsWith("ü.log");
    }

    @Test
    void shouldMakeItsFolder(@TempDir Path folder) throws IOException {
        Path log = folder.resolve("a/b/x.log");
        LogFile.open(log);
        assertThat(log).isEmptyFile();
    }

    @Test
    void shouldKeepWhatIsThere(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("x.log"), "old\n");
        LogFile.open(log);
        assertThat(log).hasContent("old\n");
    }

    @Test
    void shouldFailWhereNoFileCanBe(@TempDir Path folder) {
        assertThatIOException().isThrownBy(() -> LogFile.open(folder));
    }
}
