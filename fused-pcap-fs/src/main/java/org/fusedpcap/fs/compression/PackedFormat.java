package org.fusedpcap.fs.compression;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** A kind of compressed file, told by its first bytes and never by its name. */
public enum PackedFormat {
    /** RFC 1952, one member or several in a row. */
    GZIP("gzip", GzipDecoder::new, bytes(0x1f, 0x8b)),
    /** RFC 8878, one frame or several in a row. */
    ZSTD("zstd", ZstdDecoder::new, bytes(0x28, 0xb5, 0x2f, 0xfd)),
    /** The LZ4 frame format, version 1.6.1, one frame or several in a row. */
    LZ4("lz4", Lz4Decoder::new, bytes(0x04, 0x22, 0x4d, 0x18)),
    /** The .xz file format, version 1.2.1, one stream or several in a row. */
    XZ("xz", XzDecoder::new, bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00));

    /** So many bytes tell the kind of a file. */
    public static final int MAGIC_LENGTH = 6;

    /** Frames of this magic number and the fifteen behind it are to be skipped: RFC 8878, 3.1.2. */
    private static final int SKIPPABLE = 0x184d2a50;

    private static final int SKIPPABLE_MASK = 0xfffffff0;

    /** Magic number and the length of what follows. */
    private static final int SKIPPABLE_HEADER = 8;

    private final String label;
    private final Function<PackedInput, Decoder> decoder;
    private final byte[] magic;

    PackedFormat(String label, Function<PackedInput, Decoder> decoder, byte[] magic) {
        this.label = label;
        this.decoder = decoder;
        this.magic = magic;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /**
     * The kind of a file that begins with some bytes.
     *
     * @param beginning from position to limit; fewer than {@link #MAGIC_LENGTH} may not tell
     * @return empty if it is none of these, or not to be told yet
     */
    public static Optional<PackedFormat> of(ByteBuffer beginning) {
        byte[] bytes = new byte[Math.min(MAGIC_LENGTH, beginning.remaining())];
        beginning.duplicate().get(bytes);
        return Arrays.stream(values()).filter(format -> format.begins(bytes)).findFirst();
    }

    /**
     * Length of a frame that holds nothing and is to be skipped, in bytes; of which a file may have
     * some before the first one that tells its kind.
     *
     * @param beginning of a frame, from position to limit
     * @return 0 if it is no such frame, or not to be told yet
     */
    public static long skippableLength(ByteBuffer beginning) {
        ByteBuffer header = beginning.slice().order(ByteOrder.LITTLE_ENDIAN);
        return header.remaining() >= SKIPPABLE_HEADER && isSkippable(header.getInt(0))
                ? SKIPPABLE_HEADER + Integer.toUnsignedLong(header.getInt(Integer.BYTES))
                : 0;
    }

    /**
     * Whether these bytes are too few to tell the kind of a file, which may turn out to be one of
     * these when it has grown.
     *
     * @param beginning of a file, or what follows frames that are {@linkplain #skippableLength to
     *     be skipped}; from position to limit
     */
    public static boolean mayBecome(ByteBuffer beginning) {
        if (beginning.remaining() >= SKIPPABLE_HEADER) {
            return false;
        }
        byte[] bytes = new byte[Math.min(MAGIC_LENGTH, beginning.remaining())];
        beginning.duplicate().get(bytes);
        return mayBeginSkippable(bytes)
                || bytes.length < MAGIC_LENGTH
                        && Arrays.stream(values()).anyMatch(format -> format.mayBegin(bytes));
    }

    private static boolean mayBeginSkippable(byte[] bytes) {
        ByteBuffer magic = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        magic.putInt(0, SKIPPABLE);
        int length = Math.min(bytes.length, Integer.BYTES);
        magic.put(0, bytes, 0, length);
        return isSkippable(magic.getInt(0));
    }

    private boolean mayBegin(byte[] bytes) {
        int length = Math.min(bytes.length, magic.length);
        return Arrays.equals(bytes, 0, length, magic, 0, length);
    }

    private boolean begins(byte[] bytes) {
        return bytes.length >= magic.length
                && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    /** Begins to unpack; the decoder closes the input with itself. */
    public Decoder decode(PackedInput input) {
        return decoder.apply(input);
    }

    static boolean isSkippable(int magic) {
        return (magic & SKIPPABLE_MASK) == SKIPPABLE;
    }

    int magicNumber() {
        return ByteBuffer.wrap(magic).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    @Override
    public String toString() {
        return label;
    }
}
