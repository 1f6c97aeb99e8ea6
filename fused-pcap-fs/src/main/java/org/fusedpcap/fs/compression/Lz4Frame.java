package org.fusedpcap.fs.compression;

import java.io.IOException;
import java.nio.ByteBuffer;
import net.jpountz.xxhash.XXHashFactory;

/**
 * What the header of an lz4 frame says (LZ4 frame format 1.6.1, "Frame Descriptor").
 *
 * @param blockLength the longest a block can be unpacked, in bytes
 * @param independent whether no block refers to those before it
 * @param hasBlockChecksums whether each block is followed by its checksum
 * @param hasContentChecksum whether the frame ends with the checksum of all
 */
record Lz4Frame(
        int blockLength,
        boolean independent,
        boolean hasBlockChecksums,
        boolean hasContentChecksum) {

    static final Lz4Frame NONE = new Lz4Frame(0, true, false, false);

    private static final int VERSION = 0xc0;
    private static final int VERSION_1 = 0x40;
    private static final int INDEPENDENT = 1 << 5;
    private static final int BLOCK_CHECKSUMS = 1 << 4;
    private static final int CONTENT_SIZE = 1 << 3;
    private static final int CONTENT_CHECKSUM = 1 << 2;
    private static final int RESERVED = 1 << 1;
    private static final int DICTIONARY = 1;

    private static final int SMALLEST_CODE = 4;
    private static final int LARGEST_CODE = 7;
    private static final int SMALLEST_BLOCK_SHIFT = 16;
    private static final int CODE_SHIFT = 4;
    private static final int OTHER_BLOCK_BITS = 0x8f;

    /** Flags and block size. */
    private static final int FIXED_LENGTH = 2;

    /** Reads the header behind the magic number. */
    static Lz4Frame read(PackedInput input) throws IOException {
        ByteBuffer bytes = input.require(FIXED_LENGTH);
        int flags = bytes.get(bytes.position());
        int length = FIXED_LENGTH + ((flags & CONTENT_SIZE) == 0 ? 0 : Long.BYTES);
        if ((flags & VERSION) != VERSION_1 || (flags & RESERVED) != 0) {
            throw new PackedDataException("lz4 header of another version");
        }
        if ((flags & DICTIONARY) != 0) {
            throw new PackedDataException("lz4 data asks for a dictionary");
        }
        bytes = input.require(length + 1);
        checkHeader(bytes, length);
        int code = bytes.get(bytes.position() + 1);
        bytes.position(bytes.position() + length + 1);
        return new Lz4Frame(
                blockLength(code),
                (flags & INDEPENDENT) != 0,
                (flags & BLOCK_CHECKSUMS) != 0,
                (flags & CONTENT_CHECKSUM) != 0);
    }

    private static void checkHeader(ByteBuffer bytes, int length) throws PackedDataException {
        int hash =
                XXHashFactory.fastestInstance().hash32().hash(bytes, bytes.position(), length, 0);
        if ((byte) (hash >>> Byte.SIZE) != bytes.get(bytes.position() + length)) {
            throw new PackedDataException("lz4 header has another checksum");
        }
    }

    private static int blockLength(int bits) throws PackedDataException {
        int code = bits >> CODE_SHIFT;
        if ((bits & OTHER_BLOCK_BITS) != 0 || code < SMALLEST_CODE || code > LARGEST_CODE) {
            throw new PackedDataException("lz4 header has an unknown block size");
        }
        return 1 << SMALLEST_BLOCK_SHIFT + 2 * (code - SMALLEST_CODE);
    }
}
