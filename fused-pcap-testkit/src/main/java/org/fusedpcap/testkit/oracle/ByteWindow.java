package org.fusedpcap.testkit.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The bytes of a stream that are looked at just now. For one thread. */
final class ByteWindow {

    private static final int SIZE = 1 << 20;

    private final InputStream in;
    private byte[] bytes = new byte[SIZE];
    private ByteBuffer numbers = ByteBuffer.wrap(bytes);
    private int start;
    private int end;
    private long position;

    ByteWindow(InputStream in) {
        this.in = in;
    }

    void order(ByteOrder order) {
        numbers.order(order);
    }

    ByteOrder order() {
        return numbers.order();
    }

    /** Whether {@code wanted} bytes are there; waits for them. */
    boolean has(int wanted) throws IOException {
        if (end - start >= wanted) {
            return true;
        }
        makeRoom(wanted);
        while (end - start < wanted) {
            int read = in.read(bytes, end, bytes.length - end);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    private void makeRoom(int wanted) {
        if (wanted > bytes.length) {
            ByteOrder order = numbers.order();
            bytes = Arrays.copyOf(bytes, Math.max(wanted, 2 * bytes.length));
            numbers = ByteBuffer.wrap(bytes).order(order);
        }
        System.arraycopy(bytes, start, bytes, 0, end - start);
        end -= start;
        start = 0;
    }

    /** Number of bytes there are without waiting; after {@link #has} said no, all that are left. */
    int remaining() {
        return end - start;
    }

    int intAt(int index) {
        return numbers.getInt(start + index);
    }

    int shortAt(int index) {
        return numbers.getShort(start + index) & 0xffff;
    }

    int byteAt(int index) {
        return bytes[start + index] & 0xff;
    }

    void skip(int count) {
        start += count;
        position += count;
    }

    /** Where the window begins in the stream. */
    long position() {
        return position;
    }

    CapturedPacket packet(int index, int captured, int original, long timeNanos) {
        return new CapturedPacket(bytes, start + index, captured, original, timeNanos, position);
    }
}
