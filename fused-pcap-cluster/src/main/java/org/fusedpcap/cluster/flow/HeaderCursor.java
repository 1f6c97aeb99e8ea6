package org.fusedpcap.cluster.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A position in a frame, which moves from header to header. Reads the frame in place: numbers are
 * in network byte order whatever the buffer's order is. Readers ask {@link #has} before they read.
 */
final class HeaderCursor {

    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int at;
    private int end;
    private int wireEnd;
    private Layer next = Layer.DONE;
    private int number;
    private boolean damaged;

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteBufferViewVarHandle(arrayType, ByteOrder.BIG_ENDIAN);
    }

    void begin(ByteBuffer frame, int offset, int capturedLength, int originalLength, Layer first) {
        buffer = frame;
        at = offset;
        end = offset + Math.max(0, Math.min(capturedLength, frame.limit() - offset));
        wireEnd = Math.max(end, (int) Math.min(Integer.MAX_VALUE, (long) offset + originalLength));
        next = first;
        damaged = false;
    }

    /** Whether {@code count} bytes are there from this position on. */
    boolean has(int count) {
        return end - at >= count;
    }

    int u8(int skip) {
        return buffer.get(at + skip) & 0xff;
    }

    int u16(int skip) {
        return (short) SHORTS.get(buffer, at + skip) & 0xffff;
    }

    int i32(int skip) {
        return (int) INTS.get(buffer, at + skip);
    }

    long i64(int skip) {
        return (long) LONGS.get(buffer, at + skip);
    }

    /** A MAC address, in the lower 48 bits. */
    long mac(int skip) {
        return (long) u16(skip) << 32 | i32(skip + 2) & 0xffff_ffffL;
    }

    void copy(byte[] target) {
        buffer.get(at, target);
    }

    /** Number of bytes from here to the end of what was on the wire, as far as it is known. */
    int wireRemaining() {
        return wireEnd - at;
    }

    /** Leaves out what stands behind {@code length} bytes from here: padding, a checksum. */
    void narrow(int length) {
        end = Math.min(end, at + length);
        wireEnd = Math.min(wireEnd, at + length);
    }

    void skip(int length) {
        at += length;
    }

    void next(Layer layer, int headerLength) {
        at += headerLength;
        next = layer;
    }

    void next(Layer layer, int headerLength, int layerNumber) {
        next(layer, headerLength);
        number = layerNumber;
    }

    /** Nothing more can be found. */
    void stop() {
        next = Layer.DONE;
    }

    /** A header is cut or makes no sense: what was found so far has to do. */
    void stopDamaged() {
        damaged = true;
        next = Layer.DONE;
    }

    Layer next() {
        return next;
    }

    int number() {
        return number;
    }

    boolean isDamaged() {
        return damaged;
    }
}
