package org.fusedpcap.fs.compression;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Unpacks zstd: RFC 8878, frames one after the other, over libzstd. */
final class ZstdDecoder implements Decoder {

    /**
     * A frame may ask for a window of 128 MiB, as the command line allows it. Memory is taken as
     * the window fills.
     */
    private static final int LARGEST_WINDOW_LOG = 27;

    private final PackedInput input;
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private volatile boolean betweenFrames = true;

    ZstdDecoder(PackedInput input) {
        this.input = input;
        context.setLongMax(LARGEST_WINDOW_LOG);
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        int from = dst.position();
        while (dst.position() == from) {
            if (betweenFrames && !beginFrame()) {
                return END;
            }
            // With nothing to read there may still be something to hand out.
            if (!decompress(dst) && dst.position() == from && !input.fill()) {
                throw PackedDataException.cut();
            }
        }
        return dst.position() - from;
    }

    private boolean beginFrame() throws IOException {
        if (!input.fill()) {
            return false;
        }
        betweenFrames = false;
        ByteBuffer bytes = input.require(Integer.BYTES);
        int magic = bytes.getInt(bytes.position());
        if (magic != PackedFormat.ZSTD.magicNumber() && !PackedFormat.isSkippable(magic)) {
            throw PackedDataException.garbage();
        }
        return true;
    }

    /** Whether the frame has ended. */
    private boolean decompress(ByteBuffer dst) throws PackedDataException {
        try {
            betweenFrames = context.decompressDirectByteBufferStream(dst, input.bytes());
            return betweenFrames;
        } catch (ZstdException e) {
            throw new PackedDataException("zstd data is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isBetweenFrames() {
        return betweenFrames;
    }

    @Override
    public void close() {
        context.close();
        input.close();
    }
}
