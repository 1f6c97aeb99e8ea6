package org.fusedpcap.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.testkit.oracle.CaptureReader;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Oracle;
import org.fusedpcap.testkit.oracle.Problem;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveProcessTest {

    @TempDir Path directory;

    private Path file() {
        return directory.resolve("f");
    }

    private void awaitBytes(long bytes) {
        await().atMost(1, TimeUnit.MINUTES)
                .until(() -> Files.exists(file()) && Files.size(file()) > bytes);
    }

    private LiveProcess start(String flush) throws IOException {
        return LiveProcess.start(
                directory,
                "--writer",
                "tcpdump-C",
                "--prefix",
                "f",
                "--flush",
                flush,
                "--rate",
                "2000pps");
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "INT,130"})
    void shouldSayWhatItWroteWhenASignalEndsIt(String signal, int status) throws Exception {
        try (LiveProcess process = start("packet")) {
            awaitBytes(1000);
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
            String line = process.await();
            assertThat(process.exitStatus()).isEqualTo(status);
            assertThat(line).matches("wrote [0-9]+ packets, [0-9]+ bytes, 1 files");
            long packets = Long.parseLong(line.split(" ")[1]);
            Oracle oracle = Oracle.ofReader(Expectation.ofTraffic(TrafficSpec.ofSeed(1), packets));
            oracle.read(0, Files.newInputStream(file()));
            assertThat(oracle.verdict().isOk()).isTrue();
        }
    }

    @Test
    void shouldLeaveWhatWasFlushedWhenItIsKilled() throws Exception {
        try (LiveProcess process = start("buffer")) {
            awaitBytes(8000);
            process.kill();
            assertThat(process.isAlive()).isFalse();
            assertThat(Files.size(file()) % 4096).isZero();
            assertThat(problems())
                    .allSatisfy(p -> assertThat(p.kind()).isEqualTo(Problem.Kind.TORN));
        }
    }

    private List<Problem> problems() throws IOException {
        try (CaptureReader reader = CaptureReader.open(file())) {
            while (reader.next().isPresent()) {
                assertThat(reader.problems()).isEmpty();
            }
            return reader.problems();
        }
    }
}
