package org.fusedpcap.fs.compression;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks gzip: RFC 1952, members one after the other, over the inflater of the JDK. */
final class GzipDecoder implements Decoder {

    private static final int ID1 = 0x1f;
    private static final int ID2 = 0x8b;
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int RESERVED = 0xe0;

    /** Time, extra flags and operating system. */
    private static final int UNUSED = 6;

    private static final int TRAILER = 8;

    private final PackedInput input;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private volatile boolean betweenFrames = true;

    GzipDecoder(PackedInput input) {
        this.input = input;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        while (true) {
            if (betweenFrames && !beginMember()) {
                return END;
            }
            int count = inflate(dst);
            if (count > 0) {
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else if (!input.fill()) {
                throw PackedDataException.cut();
            }
        }
    }

    private int inflate(ByteBuffer dst) throws PackedDataException {
        if (inflater.needsInput()) {
            inflater.setInput(input.bytes());
        }
        int from = dst.position();
        try {
            int count = inflater.inflate(dst);
            crc.update(dst.slice(from, count));
            if (inflater.needsDictionary()) {
                throw new PackedDataException("gzip data asks for a dictionary");
            }
            return count;
        } catch (DataFormatException e) {
            throw new PackedDataException("gzip data is damaged: " + e.getMessage(), e);
        }
    }

    private boolean beginMember() throws IOException {
        if (!input.fill()) {
            return false;
        }
        betweenFrames = false;
        if (input.next() != ID1 || input.next() != ID2 || input.next() != DEFLATE) {
            throw PackedDataException.garbage();
        }
        int flags = input.next();
        if ((flags & RESERVED) != 0) {
            throw new PackedDataException("gzip header has unknown flags");
        }
        input.skip(UNUSED);
        skipOptional(flags);
        inflater.reset();
        crc.reset();
        return true;
    }

    private void skipOptional(int flags) throws IOException {
        if ((flags & EXTRA) != 0) {
            input.skip(Short.toUnsignedInt(input.require(Short.BYTES).getShort()));
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            input.skip(Short.BYTES);
        }
    }

    private void skipText() throws IOException {
        int character;
        do {
            character = input.next();
        } while (character != 0);
    }

    private void endMember() throws IOException {
        ByteBuffer trailer = input.require(TRAILER);
        if (trailer.getInt() != (int) crc.getValue()) {
            throw new PackedDataException("gzip data has another checksum");
        }
        if (trailer.getInt() != (int) inflater.getBytesWritten()) {
            throw new PackedDataException("gzip data has another length");
        }
        betweenFrames = true;
    }

    @Override
    public boolean isBetweenFrames() {
        return betweenFrames;
    }

    @Override
    public void close() {
        inflater.end();
        input.close();
    }
}
