package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code .status} and {@code .metrics} as files: where they are, their sizes, who may do what. */
class StatusFilesIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.with("allow_other");

    private static Path file(String name) {
        return MOUNTED.mount().path(name);
    }

    @Test
    void shouldBeListedInTheTopmostDirectoryAlone() throws IOException {
        MOUNTED.captures().segment("f.1", 1);
        assertThat(names(file(""))).contains(".status", ".metrics");
        assertThat(names(file("clustersize=2"))).contains(".status", ".metrics");
        assertThat(names(MOUNTED.view())).containsExactly("f.1");
        assertThat(MOUNTED.view(".status")).doesNotExist();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".status", ".metrics"})
    void shouldBeReadWholeByToolsThatBelieveItsSize(String name) throws IOException {
        Path file = file(name);
        Path copy = MOUNTED.source("copy");
        String first = Files.readAllLines(file).get(0) + "\n";
        assertThat(Files.size(file)).isGreaterThan(100);
        Tool.run("cp", file.toString(), copy.toString()).assertQuiet();
        assertWhole(Files.readString(copy), first);
        assertWhole(output("cat", file.toString()), first);
        assertWhole(output("curl", "-sS", "file://" + file), first);
        assertThat(output("head", "-c", "20", file.toString())).isEqualTo(first.substring(0, 20));
        assertThat(output("tail", "-n", "1", file.toString())).isNotBlank().hasLineCount(1);
        assertThat(output("tail", "-c", "10", file.toString())).hasSize(10).endsWith("\n");
    }

    private static String output(String... command) throws IOException {
        return Tool.run(command).assertQuiet().output();
    }

    private static void assertWhole(String text, String first) {
        assertThat(text).startsWith(first).endsWith("\n").hasSizeGreaterThan(100);
    }

    @Test
    void shouldStayTheSameForWhoeverHasItOpen() throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file(".status"))) {
            MOUNTED.captures().segment("later.1", 1);
            MOUNTED.read("later.1").awaitPosition(Files.size(MOUNTED.source("later.1")));
            assertThat(reader.lines()).isNotEmpty().noneMatch(line -> line.contains("later.1"));
        }
        assertThat(Files.readString(file(".status"))).contains("later.1");
    }

    @Test
    void shouldBeReadableByEverybodyAndWritableByNobody() throws IOException {
        Nobody.shell("cat '" + file(".status") + "' '" + file(".metrics") + "'").assertQuiet();
        for (String command : new String[] {"printf x > ", "printf x >> ", "rm -f ", "touch "}) {
            Tool.Result result = Tool.shell(command + "'" + file(".status") + "'");
            assertThat(Errno.of(result)).as(command).isEqualTo(Errno.EROFS);
        }
    }
}
