package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.oracle.Oracle;
import org.fusedpcap.testkit.oracle.Verdict;

/** The readers of one cluster, each a process of its own, which writes what it gets to a file. */
final class ClusterMembers implements AutoCloseable {

    private final List<Tool> tools;

    private ClusterMembers(List<Tool> tools) {
        this.tools = tools;
    }

    /** Starts so many of a program. */
    static ClusterMembers start(int number, String... command) throws IOException {
        return start(Collections.nCopies(number, List.of(command)));
    }

    private static ClusterMembers start(List<List<String>> commands) throws IOException {
        List<Tool> tools = new ArrayList<>();
        try {
            for (List<String> command : commands) {
                tools.add(Tool.start(command));
            }
        } catch (IOException e) {
            throw Closing.after(e, tools);
        }
        return of(tools);
    }

    /** Starts so many readers of a stream. */
    static ClusterMembers cat(int number, Path stream) throws IOException {
        return start(number, "cat", stream.toString());
    }

    /** Starts a reader of each of these names. */
    static ClusterMembers catEach(List<Path> streams) throws IOException {
        return start(streams.stream().map(stream -> List.of("cat", stream.toString())).toList());
    }

    /** Members that run already. */
    static ClusterMembers of(List<Tool> tools) {
        return new ClusterMembers(List.copyOf(tools));
    }

    int size() {
        return tools.size();
    }

    Tool get(int member) {
        return tools.get(member);
    }

    List<Tool> all() {
        return tools;
    }

    /** Number of bytes that one has written so far. */
    long bytesOf(int member) {
        try {
            return Files.size(tools.get(member).outputFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Number of bytes that all have written so far. */
    long bytes() {
        long sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += bytesOf(i);
        }
        return sum;
    }

    /** Waits until all together have written exactly so much. */
    void awaitBytes(long expected) {
        Limits.await("%d bytes at all members".formatted(expected))
                .untilAsserted(() -> assertThat(bytes()).isEqualTo(expected));
    }

    /**
     * Waits until all have ended, and fails if one complained, with what each of them complained
     * of: one that fails has others fail, and which one that was is what matters.
     */
    ClusterMembers awaitQuietEnds() {
        List<Tool.Result> ends = tools.stream().map(Tool::await).toList();
        assertThat(ends).extracting(Tool.Result::errors).allMatch(String::isEmpty);
        ends.forEach(Tool.Result::assertQuiet);
        return this;
    }

    /** What is to be said of what they have written. */
    Verdict judge(Expectation expectation, Grouping grouping) throws IOException {
        Oracle oracle = Oracle.ofMembers(expectation, size(), grouping);
        for (int i = 0; i < size(); i++) {
            try (InputStream in = open(tools.get(i))) {
                oracle.read(i, in);
            }
        }
        return oracle.verdict();
    }

    private static InputStream open(Tool tool) throws IOException {
        return new BufferedInputStream(Files.newInputStream(tool.outputFile()), 1 << 16);
    }

    /** Kills those that still run. */
    @Override
    public void close() throws IOException {
        Closing.all(tools);
    }
}
