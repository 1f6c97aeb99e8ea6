package org.fusedpcap.fs.compression;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.StreamingXXHash32;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;
import org.fusedpcap.fs.linux.NativeMemory;

/**
 * Unpacks the blocks of lz4 frames. Not thread-safe.
 *
 * <p>The library unpacks a block that stands for itself. One that refers to the bytes before it is
 * made such a block: in front of it is put one sequence that yields those bytes.
 *
 * <pre>
 *   packed    | F0 FF .. xx | d c b .. | FF FF |  block  |     d: last four bytes of history
 *                length      literals   offset                 c b ..: history but for d
 *   unpacked  | d | c b ..  |  d  |  what the block yields  |
 *                 \___ history __/
 * </pre>
 */
final class Lz4Blocks implements AutoCloseable {

    /** As far as a match can refer back. */
    private static final int HISTORY = 0xffff;

    /** The shortest match; it repeats the four bytes that the literals begin with. */
    private static final int MATCH = 4;

    /** A token that says: many literals, and the shortest match. */
    private static final byte TOKEN = (byte) 0xf0;

    private static final int TOKEN_LITERALS = 15;
    private static final int FULL = 0xff;
    private static final int LENGTHS = (HISTORY - TOKEN_LITERALS) / FULL + 1;
    private static final int LITERALS = 1 + LENGTHS;
    private static final int PREFIX = LITERALS + HISTORY + Short.BYTES;
    private static final int PREFIX_UNPACKED = MATCH + HISTORY;

    /** Set in a block's size if it is not compressed. */
    private static final int PLAIN = 1 << 31;

    private static final int CHUNK = 64 * 1024;

    private final LZ4SafeDecompressor decompressor =
            LZ4Factory.fastestInstance().safeDecompressor();
    private final XXHash32 hash = XXHashFactory.fastestInstance().hash32();
    private final StreamingXXHash32 contentHash =
            XXHashFactory.fastestInstance().newStreamingHash32(0);
    private final byte[] chunk = new byte[CHUNK];

    private Lz4Frame frame = Lz4Frame.NONE;

    /** Length of the last block, unpacked. */
    private int last;

    private Optional<NativeMemory> packed = Optional.empty();
    private Optional<NativeMemory> unpacked = Optional.empty();

    /** Begins with another frame. */
    void begin(Lz4Frame next) {
        if (next.blockLength() > frame.blockLength()) {
            close();
            packed = Optional.of(NativeMemory.allocate(PREFIX + next.blockLength()));
            unpacked = Optional.of(NativeMemory.allocate(PREFIX_UNPACKED + next.blockLength()));
            writePrefix(packed());
        }
        frame = next;
        contentHash.reset();
        clear(unpacked(), PREFIX_UNPACKED);
        last = 0;
    }

    private ByteBuffer packed() {
        return packed.orElseThrow().buffer().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer unpacked() {
        return unpacked.orElseThrow().buffer().duplicate();
    }

    private static void writePrefix(ByteBuffer to) {
        to.put(TOKEN);
        for (int i = 1; i < LENGTHS; i++) {
            to.put((byte) FULL);
        }
        to.put((byte) ((HISTORY - TOKEN_LITERALS) % FULL));
        to.putShort(LITERALS + HISTORY, (short) HISTORY);
    }

    private static void clear(ByteBuffer bytes, int length) {
        bytes.limit(length).put(new byte[length]);
    }

    /**
     * Unpacks a block.
     *
     * @param size as it stands before the block
     * @return its bytes, valid until the next one
     */
    ByteBuffer read(PackedInput input, int size) throws IOException {
        int length = size & ~PLAIN;
        if (length > frame.blockLength()) {
            throw new PackedDataException("lz4 block is longer than its header allows");
        }
        input.takeAll(packed().position(PREFIX).limit(PREFIX + length));
        if (frame.hasBlockChecksums()
                && input.require(Integer.BYTES).getInt()
                        != hash.hash(packed(), PREFIX, length, 0)) {
            throw new PackedDataException("lz4 block has another checksum");
        }
        int count = unpack(length, size < 0);
        ByteBuffer block = unpacked().position(PREFIX_UNPACKED).limit(PREFIX_UNPACKED + count);
        if (frame.hasContentChecksum()) {
            addToChecksum(block.duplicate());
        }
        return block;
    }

    private int unpack(int length, boolean plain) throws PackedDataException {
        if (!frame.independent()) {
            keepHistory();
        }
        if (plain) {
            unpacked().put(PREFIX_UNPACKED, packed(), PREFIX, length);
            last = length;
        } else if (frame.independent()) {
            last = decompress(PREFIX, length, PREFIX_UNPACKED);
        } else {
            last = decompress(0, PREFIX + length, 0) - PREFIX_UNPACKED;
        }
        return last;
    }

    private int decompress(int from, int length, int to) throws PackedDataException {
        int room = PREFIX_UNPACKED - to + frame.blockLength();
        try {
            return decompressor.decompress(packed(), from, length, unpacked(), to, room);
        } catch (LZ4Exception e) {
            throw new PackedDataException("lz4 data is damaged: " + e.getMessage(), e);
        }
    }

    /** Puts the bytes before the next block where both the block and a plain one expect them. */
    private void keepHistory() {
        ByteBuffer bytes = unpacked();
        bytes.put(MATCH, bytes, MATCH + last, HISTORY);
        packed().put(LITERALS, bytes, HISTORY, MATCH);
        packed().put(LITERALS + MATCH, bytes, MATCH, HISTORY - MATCH);
    }

    private void addToChecksum(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int count = Math.min(CHUNK, bytes.remaining());
            bytes.get(chunk, 0, count);
            contentHash.update(chunk, 0, count);
        }
    }

    /** Checksum of all blocks of the frame so far. */
    int checksum() {
        return contentHash.getValue();
    }

    @Override
    public void close() {
        packed.ifPresent(NativeMemory::free);
        unpacked.ifPresent(NativeMemory::free);
        packed = Optional.empty();
        unpacked = Optional.empty();
    }
}
