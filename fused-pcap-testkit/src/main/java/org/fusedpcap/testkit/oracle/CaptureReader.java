package org.fusedpcap.testkit.oracle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.fusedpcap.testkit.oracle.Problem.Kind;

/**
 * Reads a capture, classic pcap or pcapng, and notes all that is not as it should be. It has
 * nothing in common with the readers that are tested. For one thread.
 *
 * <pre>{@code
 * try (CaptureReader reader = CaptureReader.open(path)) {
 *     for (Optional<CapturedPacket> p = reader.next(); p.isPresent(); p = reader.next()) {
 *         …
 *     }
 *     assertThat(reader.problems()).isEmpty();
 * }
 * }</pre>
 */
public final class CaptureReader implements Closeable {

    private final InputStream in;
    private final ByteWindow window;
    private final List<Problem> problems = new ArrayList<>();
    private final Consumer<Problem> onProblem;
    private final RecordParser parser;

    /** Reads the file header from {@code in}. */
    public CaptureReader(InputStream in) throws IOException {
        this(in, problem -> {});
    }

    /**
     * The same, with somebody who wants to know of problems when they are met.
     *
     * @param onProblem told each problem, those of the file header at once
     */
    public CaptureReader(InputStream in, Consumer<Problem> onProblem) throws IOException {
        this.in = in;
        this.onProblem = onProblem;
        this.window = new ByteWindow(in);
        this.parser = parser();
    }

    /** Opens a file, compressed if its name ends in .gz, and reads its file header. */
    public static CaptureReader open(Path path) throws IOException {
        InputStream in = Files.newInputStream(path);
        return new CaptureReader(path.toString().endsWith(".gz") ? new GZIPInputStream(in) : in);
    }

    private RecordParser parser() throws IOException {
        Optional<RecordParser> pcap = PcapParser.at(window, this::note);
        if (pcap.isPresent()) {
            return pcap.get();
        }
        return PcapngParser.at(window, this::note).orElseGet(this::nothing);
    }

    private RecordParser nothing() {
        note(
                new Problem(
                        Kind.NO_HEADER, 0, window.remaining() == 0 ? "nothing" : "no file header"));
        return Optional::empty;
    }

    private void note(Problem problem) {
        problems.add(problem);
        onProblem.accept(problem);
    }

    /**
     * The next packet.
     *
     * @return empty at the end of the capture, or after a problem that nothing can be read behind
     */
    public Optional<CapturedPacket> next() throws IOException {
        return parser.next();
    }

    /** What was wrong so far, in the order of the stream. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Number of bytes read as header and whole records so far. */
    public long position() {
        return window.position();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
