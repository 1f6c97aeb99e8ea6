package org.fusedpcap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedpcap.testkit.oracle.Expectation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturesTest {

    @TempDir Path directory;

    @Test
    void shouldWriteTheSameBytesEachTime() throws IOException {
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));
        Captures.in(first).segment("a", 300);
        Captures.in(second).segment("a", 300);
        assertThat(first.resolve("a")).hasSameBinaryContentAs(second.resolve("a"));
    }

    @Test
    void shouldNumberPacketsThroughAllSegments() throws IOException {
        Captures captures = Captures.in(directory).segment("a", 10).segment("b", 5);
        Expectation expectation = captures.expectation();
        assertThat(expectation.packets()).isEqualTo(15);
        assertThat(expectation.segments()).isEqualTo(2);
    }

    @Test
    void shouldExpectNothingOfWhatIsTornOrEmpty() throws IOException {
        Captures captures =
                Captures.in(directory)
                        .torn("a", 10, 3)
                        .empty("b")
                        .headerOnly("c")
                        .garbled("d", 4, new byte[100])
                        .segment("e", 5);
        assertThat(directory.resolve("b")).hasSize(0);
        assertThat(directory.resolve("c")).hasSize(24);
        assertThat(captures.expectation().packets()).isEqualTo(9 + 4 + 5);
    }

    @Test
    void shouldLackExactlyTheBytesThatAreTorn() throws IOException {
        Path whole = Files.createDirectory(directory.resolve("whole"));
        Captures.in(whole).segment("a", 2000);
        Captures.in(directory).torn("a", 2000, 17);
        assertThat(Files.size(whole.resolve("a")) - Files.size(directory.resolve("a")))
                .isEqualTo(17);
    }
}
