package org.fusedpcap.testkit.oracle;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.Consumer;
import org.fusedpcap.testkit.oracle.Problem.Kind;

/** Classic pcap, strictly. */
final class PcapParser implements RecordParser {

    static final int FILE_HEADER = 24;

    private static final int MICROS = 0xa1b2c3d4;
    private static final int NANOS = 0xa1b23c4d;
    private static final int KUZNETZOV = 0xa1b2cd34;
    private static final int LARGEST = 262_144;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ByteWindow window;
    private final Consumer<Problem> problems;
    private final int header;
    private final int unit;

    private PcapParser(ByteWindow window, Consumer<Problem> problems, int magic) {
        this.window = window;
        this.problems = problems;
        this.header = magic == KUZNETZOV ? 24 : 16;
        this.unit = magic == NANOS ? 1 : 1000;
    }

    /** The parser for a window at a file header, which is skipped; empty if it is none. */
    static Optional<RecordParser> at(ByteWindow window, Consumer<Problem> problems)
            throws IOException {
        if (!window.has(FILE_HEADER) || !isHeader(window)) {
            return Optional.empty();
        }
        int magic = window.intAt(0);
        window.skip(FILE_HEADER);
        return Optional.of(new PcapParser(window, problems, magic));
    }

    /** Whether there is a file header; leaves the window in its byte order if so. */
    private static boolean isHeader(ByteWindow window) {
        ByteOrder before = window.order();
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            window.order(order);
            int magic = window.intAt(0);
            boolean known = magic == MICROS || magic == NANOS || magic == KUZNETZOV;
            if (known && window.shortAt(4) == 2 && window.shortAt(6) <= 4) {
                return true;
            }
        }
        window.order(before);
        return false;
    }

    @Override
    public Optional<CapturedPacket> next() throws IOException {
        skipHeaders();
        if (!window.has(header)) {
            return window.remaining() == 0 ? Optional.empty() : end(Kind.TORN, "half a header");
        }
        int captured = window.intAt(8);
        int original = window.intAt(12);
        long fraction = (window.intAt(4) & 0xffffffffL) * unit;
        if (captured < 0 || captured > LARGEST || captured > original) {
            return end(Kind.SENSELESS, "captured length " + captured + " of " + original);
        }
        if (original == 0 && window.intAt(0) == 0 && fraction == 0) {
            return end(Kind.SENSELESS, "zeroes");
        }
        if (fraction >= NANOS_PER_SECOND) {
            return end(Kind.SENSELESS, "fraction of a second " + fraction + " ns");
        }
        if (!window.has(header + captured)) {
            return end(Kind.TORN, "half a record");
        }
        long time = (window.intAt(0) & 0xffffffffL) * NANOS_PER_SECOND + fraction;
        CapturedPacket packet = window.packet(header, captured, original, time);
        window.skip(header + captured);
        return Optional.of(packet);
    }

    private void skipHeaders() throws IOException {
        while (window.has(FILE_HEADER)) {
            ByteOrder order = window.order();
            boolean found = isHeader(window);
            window.order(order);
            if (!found) {
                return;
            }
            problems.accept(new Problem(Kind.HEADER_INSIDE, window.position(), "a file header"));
            window.skip(FILE_HEADER);
        }
    }

    private Optional<CapturedPacket> end(Kind kind, String text) {
        problems.accept(new Problem(kind, window.position(), text));
        return Optional.empty();
    }
}
