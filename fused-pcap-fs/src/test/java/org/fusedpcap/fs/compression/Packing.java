package org.fusedpcap.fs.compression;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Packs bytes, with checksums, as the command lines do. */
public enum Packing {
    GZIP(".gz", out -> new GZIPOutputStream(out, 8192, true)),
    ZSTD(".zst", Packing::zstd),
    LZ4(
            ".lz4",
            out ->
                    new LZ4FrameOutputStream(
                            out,
                            BLOCKSIZE.SIZE_64KB,
                            FLG.Bits.BLOCK_INDEPENDENCE,
                            FLG.Bits.BLOCK_CHECKSUM,
                            FLG.Bits.CONTENT_CHECKSUM)),
    XZ(".xz", out -> new XZOutputStream(out, new LZMA2Options(1)));

    /** The .xz file format, 3.1: size, flags, filter, its properties, padding, checksum. */
    private static final int XZ_BLOCK_HEADER = 12;

    private interface Wrapper {
        OutputStream around(OutputStream out) throws IOException;
    }

    private final String ending;
    private final Wrapper wrapper;

    Packing(String ending, Wrapper wrapper) {
        this.ending = ending;
        this.wrapper = wrapper;
    }

    private static OutputStream zstd(OutputStream out) throws IOException {
        return new ZstdOutputStream(out).setChecksum(true);
    }

    /** What it adds to a file name. */
    public String ending() {
        return ending;
    }

    /** A stream that packs; what is flushed can be unpacked, but for lz4 and xz to a block. */
    public OutputStream around(OutputStream out) throws IOException {
        return wrapper.around(out);
    }

    /** All bytes, packed. */
    public byte[] pack(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = wrapper.around(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    /**
     * A frame that zstd and lz4 are to skip.
     *
     * @param variant the last hexadecimal digit of its magic number
     * @param length of what it holds
     */
    public static byte[] skippable(int variant, int length) {
        ByteBuffer frame = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
        return frame.putInt(0x184d2a50 + variant).putInt(length).array();
    }

    /**
     * All bytes in an .xz file that asks for a larger dictionary than it needs.
     *
     * @param log2 of the dictionary's length
     */
    public static byte[] packXz(byte[] bytes, int log2) throws IOException {
        byte[] packed = XZ.pack(bytes);
        packed[XZ_BLOCK_HEADER + 4] = (byte) (2 * (log2 - 12));
        CRC32 crc = new CRC32();
        crc.update(packed, XZ_BLOCK_HEADER, 8);
        ByteBuffer.wrap(packed)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(XZ_BLOCK_HEADER + 8, (int) crc.getValue());
        return packed;
    }
}
