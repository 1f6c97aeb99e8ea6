package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers that wait for packets, and what they react to. */
class BlockedReadersIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int MANY = 64;
    private static final int ROUNDS = 10;

    @ParameterizedTest(name = "{0}START")
    @ValueSource(strings = {"", "keepcache/"})
    void shouldLeaveTheMountAnsweringWhenThereAreMany(String level) throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 50).segment("f.2", 50);
        int length = RollingSource.of(captures.paths()).length();
        List<StreamReader> readers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            readers.add(MOUNTED.read(level + "f.1", 4096));
        }
        readers.forEach(reader -> reader.awaitPosition(length));

        long start = System.nanoTime();
        assertThat(MOUNTED.list()).containsExactly("f.1", "f.2");
        Pieces.assertSequential(
                MOUNTED.view("f.1..f.2"), RollingSource.of(captures.paths()).bytes(), 4096);
        StreamReader another = MOUNTED.read(level + "f.2");
        another.awaitPosition(Files.size(MOUNTED.source("f.2")));
        Measured.print("ls, a range and an open beside " + MANY + " readers", start);

        captures.segment("f.3", 50);
        int longer = RollingSource.of(captures.paths()).length();
        readers.forEach(reader -> reader.awaitPosition(longer));
        assertThat(readers).noneMatch(StreamReader::isEnded);

        long end = System.nanoTime();
        MOUNTED.end("f.3");
        for (StreamReader reader : readers) {
            assertThat(reader.awaitEnd()).hasSize(longer);
        }
        Measured.print("end of " + MANY + " readers by .end", end);
    }

    @ParameterizedTest(name = "{0} of {1} on {2}START")
    @CsvSource({
        "INT, cat, ''",
        "TERM, cat, ''",
        "KILL, cat, ''",
        "INT, tcpdump, ''",
        "TERM, tcpdump, ''",
        "KILL, tcpdump, ''",
        "INT, tshark, ''",
        "KILL, tshark, ''",
        "INT, cat, keepcache/",
        "TERM, tcpdump, keepcache/",
        "KILL, cat, keepcache/"
    })
    void shouldComeFreeBySignals(String signal, String tool, String level) throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 50);
        int length = RollingSource.of(captures.paths()).length();
        Measured measured = new Measured(signal + " to the end of " + tool + ", " + level);
        int rounds = tool.equals("tshark") ? 2 : ROUNDS;
        for (int i = 0; i < rounds; i++) {
            Tool reader = MOUNTED.start(command(tool, MOUNTED.view(level + "f.1")));
            awaitBlocked(reader, length);
            long start = System.nanoTime();
            reader.signal(signal);
            reader.await();
            measured.add(start);
        }
        System.out.println(measured);
    }

    private static String[] command(String tool, Path path) {
        return switch (tool) {
            case "cat" -> new String[] {"cat", path.toString()};
            case "tcpdump" -> new String[] {"tcpdump", "-n", "-r", path.toString()};
            default -> new String[] {"tshark", "-n", "-r", path.toString()};
        };
    }

    /** Waits until a tool has read so many bytes of a stream and sleeps in the read behind them. */
    private static void awaitBlocked(Tool reader, long position) {
        Reading reading = new Reading(reader.pid(), MOUNTED.mount().path());
        Limits.await("reader at " + position)
                .failFast("the reader has ended", reader::assertRunning)
                .until(() -> reading.isWaitingAt(position));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"STOP", "TSTP"})
    void shouldGoOnWaitingAfterBeingStopped(String signal) throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 50);
        Tool reader = MOUNTED.start("cat", MOUNTED.view("f.1").toString());
        for (int i = 2; i < 6; i++) {
            awaitBlocked(reader, RollingSource.of(captures.paths()).length());
            reader.signal(signal);
            if (i % 2 == 0) {
                // Let go on before there is more, or only after it.
                reader.signal("CONT");
            }
            captures.segment("f." + i, 20);
            reader.signal("CONT");
        }
        awaitBlocked(reader, RollingSource.of(captures.paths()).length());
        MOUNTED.end("*");

        reader.await().assertQuiet();
        assertThat(Files.readAllBytes(reader.outputFile()))
                .isEqualTo(RollingSource.of(captures.paths()).bytes());
    }

    @ParameterizedTest(name = "{0}START")
    @ValueSource(strings = {"", "keepcache/"})
    void shouldGoOnWaitingWhenSomebodyLooksAtTheFile(String level) throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 50);
        Tool reader = MOUNTED.start("cat", MOUNTED.view(level + "f.1").toString());
        for (int i = 2; i < 8; i++) {
            awaitBlocked(reader, RollingSource.of(captures.paths()).length());
            Tool.shell("stat -L /proc/" + reader.pid() + "/fd/*").assertQuiet();
            captures.segment("f." + i, 20);
        }
        awaitBlocked(reader, RollingSource.of(captures.paths()).length());
        MOUNTED.end("*");

        reader.await().assertQuiet();
        assertThat(Files.readAllBytes(reader.outputFile()))
                .isEqualTo(RollingSource.of(captures.paths()).bytes());
    }

    @Test
    void shouldComeFreeByAKillAlsoWhenStopped() throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 50);
        Measured measured = new Measured("KILL to the end of a stopped reader");
        for (int i = 0; i < ROUNDS; i++) {
            Tool reader = MOUNTED.start("cat", MOUNTED.view("f.1").toString());
            awaitBlocked(reader, RollingSource.of(captures.paths()).length());
            reader.signal("STOP");
            long start = System.nanoTime();
            reader.signal("KILL");
            reader.await();
            measured.add(start);
        }
        System.out.println(measured);
    }

    @Test
    void shouldGetWhatAWriterFlushesSoon() throws IOException {
        Path segment = MOUNTED.captures().segment("f.1", 1).paths().get(0);
        byte[] whole = Files.readAllBytes(segment);
        byte[] record = Arrays.copyOfRange(whole, 24, whole.length);
        StreamReader reader = MOUNTED.read("f.1");
        Measured measured = new Measured("flush to the end of the read");
        long length = whole.length;
        for (int i = 0; i < 200; i++) {
            reader.awaitPosition(length);
            length += record.length;
            long start = System.nanoTime();
            Files.write(segment, record, StandardOpenOption.APPEND);
            while (reader.position() < length
                    && System.nanoTime() - start < Limits.PATIENCE.toNanos()) {
                Thread.onSpinWait();
            }
            measured.add(start);
        }
        System.out.println(measured);
    }
}
