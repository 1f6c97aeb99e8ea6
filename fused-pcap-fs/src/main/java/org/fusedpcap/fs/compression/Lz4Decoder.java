package org.fusedpcap.fs.compression;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Unpacks lz4: the LZ4 frame format 1.6.1, frames one after the other. */
final class Lz4Decoder implements Decoder {

    private final PackedInput input;

    /** Kept from frame to frame, as they are usually alike. */
    private final Lz4Blocks blocks = new Lz4Blocks();

    private Lz4Frame frame = Lz4Frame.NONE;

    /** What of the last block is still to be handed out. */
    private ByteBuffer ready = ByteBuffer.allocate(0);

    private volatile boolean betweenFrames = true;

    Lz4Decoder(PackedInput input) {
        this.input = input;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        while (!ready.hasRemaining()) {
            if (betweenFrames && !beginFrame()) {
                return END;
            }
            if (!betweenFrames) {
                betweenFrames = !readBlock();
            }
        }
        int count = Math.min(dst.remaining(), ready.remaining());
        dst.put(ready.slice(ready.position(), count));
        ready.position(ready.position() + count);
        return count;
    }

    /** Reads a frame's header, or skips the frame; false at the end of the file. */
    private boolean beginFrame() throws IOException {
        if (!input.fill()) {
            return false;
        }
        betweenFrames = false;
        int magic = input.require(Integer.BYTES).getInt();
        if (PackedFormat.isSkippable(magic)) {
            input.skip(Integer.toUnsignedLong(input.require(Integer.BYTES).getInt()));
            betweenFrames = true;
        } else if (magic == PackedFormat.LZ4.magicNumber()) {
            frame = Lz4Frame.read(input);
            blocks.begin(frame);
        } else {
            throw PackedDataException.garbage();
        }
        return true;
    }

    /** Unpacks the next block; false at the end of the frame. */
    private boolean readBlock() throws IOException {
        int size = input.require(Integer.BYTES).getInt();
        if (size != 0) {
            ready = blocks.read(input, size);
            return true;
        }
        if (frame.hasContentChecksum()
                && input.require(Integer.BYTES).getInt() != blocks.checksum()) {
            throw new PackedDataException("lz4 data has another checksum");
        }
        return false;
    }

    @Override
    public boolean isBetweenFrames() {
        return betweenFrames && !ready.hasRemaining();
    }

    @Override
    public void close() {
        blocks.close();
        input.close();
    }
}
