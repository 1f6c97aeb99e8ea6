package org.fusedpcap.testkit.oracle;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.fusedpcap.testkit.oracle.Problem.Kind;

/** pcapng, strictly: whole blocks whose two lengths agree, and interfaces that were announced. */
final class PcapngParser implements RecordParser {

    private static final int SECTION = 0x0a0d0d0a;
    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int SHORTEST = 12;
    private static final int LARGEST = 16 << 20;

    private final ByteWindow window;
    private final Consumer<Problem> problems;
    private final List<Interface> interfaces = new ArrayList<>();
    private boolean broken;

    private PcapngParser(ByteWindow window, Consumer<Problem> problems) {
        this.window = window;
        this.problems = problems;
    }

    /** The parser for a window at a section header; empty if there is none. */
    static Optional<RecordParser> at(ByteWindow window, Consumer<Problem> problems)
            throws IOException {
        return window.has(SHORTEST) && window.intAt(0) == SECTION
                ? Optional.of(new PcapngParser(window, problems))
                : Optional.empty();
    }

    /**
     * An interface of the section.
     *
     * @param unitsPerSecond resolution of its time stamps
     * @param snaplen the longest packet that is kept whole; 0 for no limit
     */
    private record Interface(long unitsPerSecond, int snaplen) {

        private static final long NANOS_PER_SECOND = 1_000_000_000L;

        long nanos(long ticks) {
            long seconds = Long.divideUnsigned(ticks, unitsPerSecond);
            long rest = Long.remainderUnsigned(ticks, unitsPerSecond);
            return seconds * NANOS_PER_SECOND + rest * NANOS_PER_SECOND / unitsPerSecond;
        }
    }

    @Override
    public Optional<CapturedPacket> next() throws IOException {
        while (window.has(SHORTEST)) {
            if (window.intAt(0) == SECTION && !beginSection()) {
                return end(Kind.SENSELESS, "a section without a byte order");
            }
            int length = window.intAt(4);
            if (length < SHORTEST || length > LARGEST || (length & 3) != 0) {
                return end(Kind.SENSELESS, "a block of " + length + " bytes");
            }
            if (!window.has(length)) {
                return end(Kind.TORN, "half a block");
            }
            if (window.intAt(length - 4) != length) {
                return end(Kind.SENSELESS, "a block with two lengths");
            }
            Optional<CapturedPacket> packet = block(window.intAt(0), length);
            if (packet.isPresent() || broken) {
                return packet;
            }
        }
        return window.remaining() == 0 ? Optional.empty() : end(Kind.TORN, "half a block");
    }

    private boolean beginSection() {
        interfaces.clear();
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            window.order(order);
            if (window.intAt(8) == BYTE_ORDER_MAGIC) {
                return true;
            }
        }
        return false;
    }

    private Optional<CapturedPacket> block(int type, int length) {
        Optional<CapturedPacket> packet =
                switch (type) {
                    case INTERFACE -> announce(length);
                    case ENHANCED_PACKET -> packet(window.intAt(8), length);
                    case OBSOLETE_PACKET -> packet(window.shortAt(8), length);
                    case SIMPLE_PACKET -> simple(length);
                    default -> Optional.empty();
                };
        window.skip(length);
        return packet;
    }

    private Optional<CapturedPacket> announce(int length) {
        long units = 1_000_000;
        int at = 16;
        while (at + 4 <= length - 4 && window.shortAt(at) != 0) {
            if (window.shortAt(at) == 9) {
                units = unitsPerSecond(window.byteAt(at + 4));
            }
            at += 4 + (window.shortAt(at + 2) + 3 & ~3);
        }
        interfaces.add(new Interface(units, window.intAt(12)));
        return Optional.empty();
    }

    private static long unitsPerSecond(int resolution) {
        if ((resolution & 0x80) != 0) {
            return 1L << (resolution & 0x3f);
        }
        long units = 1;
        for (int i = 0; i < resolution; i++) {
            units *= 10;
        }
        return units;
    }

    private Optional<CapturedPacket> packet(int index, int length) {
        int captured = window.intAt(20);
        int original = window.intAt(24);
        if (index < 0 || index >= interfaces.size()) {
            return end(Kind.SENSELESS, "a packet of interface " + index + ", which is unknown");
        }
        if (captured < 0 || captured > original || captured > length - 32) {
            return end(Kind.SENSELESS, "captured length " + captured + " of " + original);
        }
        long ticks = (long) window.intAt(12) << 32 | window.intAt(16) & 0xffffffffL;
        long time = interfaces.get(index).nanos(ticks);
        return Optional.of(window.packet(28, captured, original, time));
    }

    private Optional<CapturedPacket> simple(int length) {
        if (interfaces.isEmpty()) {
            return end(Kind.SENSELESS, "a packet without an interface");
        }
        int original = window.intAt(8);
        int limit = interfaces.get(0).snaplen();
        int captured = limit == 0 ? original : Math.min(original, limit);
        if (captured < 0 || captured > length - 16) {
            return end(Kind.SENSELESS, "captured length " + captured);
        }
        return Optional.of(window.packet(12, captured, original, 0));
    }

    private Optional<CapturedPacket> end(Kind kind, String text) {
        broken = true;
        problems.accept(new Problem(kind, window.position(), text));
        return Optional.empty();
    }
}
