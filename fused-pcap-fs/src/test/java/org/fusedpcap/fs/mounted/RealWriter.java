package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A real capture program at work in a directory of its own. */
final class RealWriter implements AutoCloseable {

    private final VethPair network;
    private final Path directory;
    private final String[] command;
    private Tool program;

    private RealWriter(VethPair network, Path directory, String... command) throws IOException {
        this.network = network;
        this.directory = Files.createDirectory(directory);
        this.command = command;
        start();
    }

    /** {@code daemonlogger}, as it is: buffered, a file for each second in which one begins. */
    static RealWriter daemonlogger(VethPair network, Path directory, int fileBytes)
            throws IOException {
        return new RealWriter(
                network,
                directory,
                "daemonlogger",
                "-i",
                VethPair.CAPTURING,
                "-l",
                directory.toString(),
                "-n",
                "eth0.pcap",
                "-s",
                String.valueOf(fileBytes));
    }

    /** {@code tcpdump -C}: the next file after each so many millions of bytes. */
    static RealWriter tcpdumpBySize(VethPair network, Path directory, int megabytes)
            throws IOException {
        return new RealWriter(
                network,
                directory,
                tcpdump(directory.resolve("trace.pcap"), "-C", String.valueOf(megabytes)));
    }

    /** The same with {@code -z gzip}: each file that is full is replaced by a compressed one. */
    static RealWriter tcpdumpCompressing(VethPair network, Path directory, int megabytes)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                tcpdump(
                                        directory.resolve("trace.pcap"),
                                        "-C",
                                        String.valueOf(megabytes))));
        command.addAll(1, List.of("-z", "gzip"));
        return new RealWriter(network, directory, command.toArray(String[]::new));
    }

    /** {@code tcpdump -G}: the next file after each so many seconds. */
    static RealWriter tcpdumpByTime(VethPair network, Path directory, int seconds)
            throws IOException {
        return new RealWriter(
                network,
                directory,
                tcpdump(
                        directory.resolve("trace-%Y%m%d-%H%M%S.pcap"),
                        "-G",
                        String.valueOf(seconds)));
    }

    private static String[] tcpdump(Path file, String option, String value) {
        // By default it gives up the rights that it needs for the second file.
        return new String[] {
            "tcpdump", "-n", "-Z", "root", "-i", VethPair.CAPTURING, option, value, "-w", "" + file
        };
    }

    private void start() throws IOException {
        long listeners = network.listeners();
        program = Tool.start(network.inside(command));
        Limits.await(command[0] + " listens")
                .failFast("it has ended", program::assertRunning)
                .until(() -> network.listeners() > listeners);
    }

    Path directory() {
        return directory;
    }

    /** Its files so far, in the order in which they were written. */
    List<Path> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted(Comparator.comparing(RealWriter::lastWritten)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant lastWritten(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it with SIGKILL, and starts it again. */
    void crash() throws IOException {
        program.signal("KILL");
        program.await();
        program.close();
        // Within the same second it would write into the file that it has just left.
        long second = Instant.now().getEpochSecond();
        Limits.await("next second").until(() -> Instant.now().getEpochSecond() > second);
        start();
    }

    /** Ends it in order; what it has said. */
    String stop() throws IOException {
        program.signal("TERM");
        return program.await().errors();
    }

    @Override
    public void close() throws IOException {
        program.close();
    }
}
