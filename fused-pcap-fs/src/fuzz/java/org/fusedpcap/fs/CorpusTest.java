package org.fusedpcap.fs;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gives each fuzz target the inputs that are kept for it: those that found the way to some branch,
 * and those that once were a fault.
 */
class CorpusTest {

    private static final Path CORPUS = Path.of("src/fuzz/corpus");

    static List<Path> targets() throws IOException {
        return list(CORPUS);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(60)
    void shouldHandleAllInputsOfTheCorpus(Path corpus) throws Exception {
        Class<?> target = Class.forName(corpus.getFileName().toString());
        MethodHandle run =
                MethodHandles.lookup()
                        .findStatic(
                                target,
                                "fuzzerTestOneInput",
                                MethodType.methodType(void.class, byte[].class));
        for (Path input : list(corpus)) {
            assertThatCode(() -> run.invoke(Files.readAllBytes(input)))
                    .as(input.toString())
                    .doesNotThrowAnyException();
        }
    }
}
