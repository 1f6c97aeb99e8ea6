package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers with {@code O_NONBLOCK}: Python, since no other tool reads a file so. */
class NonBlockingIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int STEPS = 5;

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({"poll, f.1", "select, f.1", "epoll, f.1", "poll, f.1..", "poll, keepcache/f.1"})
    void shouldBeToldWhenThereIsMore(String means, String name) throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 20);
        Tool reader = start(means, name);
        for (int i = 2; i < STEPS; i++) {
            int length = RollingSource.of(captures.paths()).length();
            awaitLast(reader, "EAGAIN AT " + length);
            captures.segment("f." + i, 20);
        }
        int length = RollingSource.of(captures.paths()).length();
        awaitLast(reader, "EAGAIN AT " + length);
        MOUNTED.end("*");

        assertThat(reader.await().status()).as(reader.output() + reader.errors()).isZero();
        awaitLast(reader, "END AT " + length);
    }

    /**
     * What a reader waits for is then only that time passes, of which nobody tells. Asked by epoll,
     * since poll(2) looks once more itself when its time is over.
     */
    @ParameterizedTest
    @ValueSource(strings = {"f.1", "keepcache/f.1"})
    void shouldBeToldWhenALateWriterWasWaitedForLongEnough(String name) throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 20);
        try (OutputStream late =
                Files.newOutputStream(captures.paths().get(0), StandardOpenOption.APPEND)) {
            late.flush();
            captures.segment("f.2", 20);
            int length = RollingSource.of(captures.paths()).length();

            Tool reader = start("epoll", name);

            awaitLast(reader, "EAGAIN AT " + length);
            MOUNTED.end("*");
            awaitLast(reader, "END AT " + length);
        }
    }

    @Test
    void shouldAnswerEagainWhileThereIsNothing() throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 20);

        Tool reader = start("read", "f.1");

        // Its standard input has ended already, so it does not wait for a line.
        assertThat(reader.await().output().lines())
                .containsExactly(
                        "EAGAIN AT " + RollingSource.of(captures.paths()).length(), "NOT WOKEN");
    }

    @Test
    void shouldNeverAnswerEagainForAClosedRange() throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 20).segment("f.2", 20);

        assertThat(start("poll", "f.1..f.2").await().output().lines())
                .containsExactly("END AT " + RollingSource.of(captures.paths()).length());
    }

    private static void awaitLast(Tool reader, String line) {
        Limits.await(line)
                .failFast(
                        "the reader has ended",
                        () -> !reader.isRunning() && !reader.output().contains(line))
                .untilAsserted(
                        () -> {
                            List<String> lines = reader.output().lines().toList();
                            assertThat(lines).isNotEmpty();
                            assertThat(lines.get(lines.size() - 1)).isEqualTo(line);
                        });
    }

    private static Tool start(String means, String name) throws IOException {
        return MOUNTED.start(
                "/usr/bin/python3", script().toString(), MOUNTED.view(name).toString(), means);
    }

    private static Path script() throws IOException {
        Path script = MOUNTED.mount().source().resolveSibling("nonblocking.py");
        if (!Files.exists(script)) {
            try (InputStream in = NonBlockingIT.class.getResourceAsStream("nonblocking.py")) {
                Files.copy(in, script);
            }
        }
        return script;
    }
}
