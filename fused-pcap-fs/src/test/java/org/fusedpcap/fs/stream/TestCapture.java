package org.fusedpcap.fs.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;

/** Captures put together byte by byte, and what a stream of them should be, worked out naively. */
final class TestCapture {

    static final int HEADER = 24;
    static final int RECORD_HEADER = 16;

    private TestCapture() {}

    static byte[] header() {
        return header(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 1);
    }

    static byte[] header(ByteOrder order, int magic, int linkType) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER).order(order);
        bytes.putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
        return bytes.putInt(262144).putInt(linkType).array();
    }

    /** A record whose bytes tell its number, so that no two records are alike anywhere. */
    static byte[] record(int number, int captured) {
        ByteBuffer bytes =
                ByteBuffer.allocate(RECORD_HEADER + captured).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(1_700_000_000 + number).putInt(number % 1_000_000);
        bytes.putInt(captured).putInt(captured);
        new Random(number).ints(captured, 0, 256).forEach(value -> bytes.put((byte) value));
        return bytes.array();
    }

    /** Records of 60 captured bytes, numbered from {@code first} on. */
    static byte[] records(int first, int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(record(first + i, 60));
        }
        return all.toByteArray();
    }

    static byte[] capture(int first, int count) {
        return join(header(), records(first, count));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] slice(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    /** Length of a file's whole part: header and whole records. */
    static int wholeLength(byte[] file) {
        if (file.length < HEADER) {
            return 0;
        }
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = HEADER;
        while (at + RECORD_HEADER <= file.length) {
            int captured = bytes.getInt(at + 8);
            boolean zeroed = bytes.getLong(at) == 0 && bytes.getLong(at + 8) == 0;
            if (zeroed || captured < 0 || captured > 262144) {
                break;
            }
            if (at + RECORD_HEADER + captured > file.length) {
                break;
            }
            at += RECORD_HEADER + captured;
        }
        return at;
    }

    /** What a reader of these files should get. */
    static byte[] stream(List<byte[]> files) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] file : files) {
            int end = wholeLength(file);
            int start = all.size() == 0 ? 0 : Math.min(HEADER, end);
            all.write(file, start, end - start);
        }
        return all.toByteArray();
    }

    static byte[] streamOf(Path... paths) throws IOException {
        List<byte[]> files = new java.util.ArrayList<>();
        for (Path path : paths) {
            files.add(Files.readAllBytes(path));
        }
        return stream(files);
    }

    static void append(Path path, byte[] bytes) throws IOException {
        Files.write(path, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Cuts a file to nothing and writes it anew; it keeps its inode. */
    static void rewrite(Path path, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(bytes));
        }
    }
}
