package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Oracle;
import org.fusedpcap.testkit.oracle.Verdict;

/** A real tool that follows a mounted stream and writes down what it reads. */
final class RealReader implements AutoCloseable {

    private final Tool tool;
    private final Reading reading;
    private final Path copy;

    private RealReader(Path mountPoint, Path copy, String... command) throws IOException {
        this.copy = copy;
        this.tool = Tool.start(command);
        this.reading = new Reading(tool.pid(), mountPoint);
    }

    static RealReader tcpdump(Mount mount, String path, Path copy) throws IOException {
        return new RealReader(
                mount.path(), copy, "tcpdump", "-r", "" + mount.path(path), "-w", "" + copy);
    }

    static RealReader tshark(Mount mount, String path, Path copy) throws IOException {
        return new RealReader(
                mount.path(),
                copy,
                "tshark",
                "-n",
                "-r",
                "" + mount.path(path),
                "-F",
                "pcap",
                "-w",
                "" + copy);
    }

    /** Waits until it has read so much, and wants more. */
    void awaitBlockedAt(long offset) {
        Limits.await("reader at " + offset)
                .failFast("it has ended", tool::assertRunning)
                .until(() -> reading.isWaitingAt(offset));
    }

    /** Waits until it has read at least so much. */
    void awaitBehind(long offset) {
        Limits.await("reader behind " + offset)
                .failFast("it has ended", tool::assertRunning)
                .until(() -> reading.position() > offset);
    }

    /** Waits until it has ended at an end of file, not having found anything truncated. */
    void awaitEnd() {
        tool.await().assertWhole();
    }

    /** Judges what it has written down. */
    Verdict judge(Expectation expectation) throws IOException {
        Oracle oracle = Oracle.ofReader(expectation);
        try (InputStream in = Files.newInputStream(copy)) {
            oracle.read(0, in);
        }
        return oracle.verdict();
    }

    void assertRead(Expectation expectation) throws IOException {
        assertThat(judge(expectation).toString()).startsWith("ok");
    }

    @Override
    public void close() throws IOException {
        tool.close();
    }
}
