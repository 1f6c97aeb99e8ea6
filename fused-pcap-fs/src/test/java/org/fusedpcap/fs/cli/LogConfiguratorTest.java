package org.fusedpcap.fs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

class LogConfiguratorTest {

    private static final int FILE_LIMIT = 4 << 20;

    @TempDir private Path folder;
    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void completeTheContext() {
        // slf4j's binding does this for the context that it makes.
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    @AfterEach
    void forget() {
        context.stop();
        LogConfigurator.leaveAlone();
    }

    @Test
    void shouldLeaveTheMatterToOthersUnlessACommandHasSpoken() {
        assertThat(new LogConfigurator().configure(context))
                .isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
    }

    @Test
    void shouldWriteALineAnEvent() throws IOException {
        Path log = folder.resolve("x.log");
        logTo(log).info("mounted");
        assertThat(Files.readAllLines(log)).singleElement().asString().endsWith("INFO  mounted");
    }

    @Test
    void shouldKeepTheLogBounded() throws IOException {
        Logger logger = logTo(folder.resolve("a%2Bb %d.log"));
        String line = "x".repeat(100_000);
        for (int written = 0; written < 10 * FILE_LIMIT; written += line.length()) {
            logger.info(line);
        }
        List<Path> files = files();
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "a%2Bb %d.log", "a%2Bb %d.log.1", "a%2Bb %d.log.2", "a%2Bb %d.log.3");
        long bytes = files.stream().mapToLong(file -> file.toFile().length()).sum();
        assertThat(bytes).isBetween((long) FILE_LIMIT, 5L * FILE_LIMIT);
    }

    private Logger logTo(Path log) {
        LogConfigurator.toFile(log);
        assertThat(new LogConfigurator().configure(context))
                .isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        return context.getLogger("test");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
