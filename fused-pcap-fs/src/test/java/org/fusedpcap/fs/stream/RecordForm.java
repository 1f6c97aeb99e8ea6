package org.fusedpcap.fs.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * The form in which a capture program writes.
 *
 * @param nanos nanoseconds instead of microseconds
 * @param minor minor version; below 3 the captured length stands last
 */
record RecordForm(ByteOrder order, boolean nanos, int minor, int snaplen) {

    static final RecordForm LITTLE = new RecordForm(ByteOrder.LITTLE_ENDIAN, false, 4, 262_144);
    static final RecordForm BIG = new RecordForm(ByteOrder.BIG_ENDIAN, false, 4, 262_144);
    static final RecordForm LITTLE_NANOS =
            new RecordForm(ByteOrder.LITTLE_ENDIAN, true, 4, 262_144);
    static final RecordForm BIG_NANOS = new RecordForm(ByteOrder.BIG_ENDIAN, true, 4, 262_144);
    static final RecordForm OLD = new RecordForm(ByteOrder.BIG_ENDIAN, false, 2, 262_144);
    static final RecordForm BETWEEN = new RecordForm(ByteOrder.LITTLE_ENDIAN, false, 3, 262_144);

    private static final int FIRST_SECOND = 1_700_000_000;
    private static final int LONGEST = 300;

    RecordForm withSnaplen(int length) {
        return new RecordForm(order, nanos, minor, length);
    }

    byte[] header() {
        ByteBuffer bytes = ByteBuffer.allocate(TestCapture.HEADER).order(order);
        bytes.putInt(nanos ? 0xa1b23c4d : 0xa1b2c3d4).putShort((short) 2).putShort((short) minor);
        return bytes.putInt(0).putInt(0).putInt(snaplen).putInt(1).array();
    }

    /** A packet of some length, longer on the wire than captured. */
    byte[] record(int number, int captured) {
        int micros = number * 7919 % 1_000_000;
        int original = captured + number % 3;
        ByteBuffer bytes = ByteBuffer.allocate(TestCapture.RECORD_HEADER + captured).order(order);
        bytes.putInt(FIRST_SECOND + number).putInt(nanos ? micros * 1000 : micros);
        bytes.putInt(minor < 3 ? original : captured).putInt(minor < 3 ? captured : original);
        new Random(number).ints(captured, 0, 256).forEach(value -> bytes.put((byte) value));
        return bytes.array();
    }

    /** Packets of all lengths, numbered from {@code first} on. */
    byte[] records(int first, int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = first; i < first + count; i++) {
            all.writeBytes(record(i, i * 31 % LONGEST));
        }
        return all.toByteArray();
    }

    byte[] capture(int first, int count) {
        return TestCapture.join(header(), records(first, count));
    }
}
