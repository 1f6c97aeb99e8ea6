package org.fusedpcap.fs.compression;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.tukaani.xz.SingleXZInputStream;
import org.tukaani.xz.XZIOException;

/**
 * Unpacks xz: the .xz file format 1.2.1, streams one after the other, over XZ for Java. Its
 * dictionary lies on the heap, which is small, see {@link BoundedArrays}.
 */
final class XzDecoder implements Decoder {

    private static final int CHUNK = 8 * 1024;
    private static final int NO_LIMIT = -1;
    private static final String WHAT = "xz data cannot be unpacked: ";

    private final PackedInput input;
    private final BoundedArrays arrays = new BoundedArrays();
    private final byte[] chunk = new byte[CHUNK];

    /** The stream that is being unpacked. */
    private Optional<SingleXZInputStream> stream = Optional.empty();

    private volatile boolean betweenFrames = true;

    XzDecoder(PackedInput input) {
        this.input = input;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        try {
            while (!betweenFrames || input.fill()) {
                int count = readStream(dst);
                if (count > 0) {
                    return count;
                }
            }
            return END;
        } catch (EOFException e) {
            throw PackedDataException.cut();
        } catch (XZIOException e) {
            throw new PackedDataException(WHAT + e.getMessage(), e);
        } catch (BoundedArrays.RefusedException e) {
            throw e.isTooLarge()
                    ? new PackedDataException(WHAT + e.getMessage(), e)
                    : new MemoryTakenException(WHAT + e.getMessage(), e);
        }
    }

    private int readStream(ByteBuffer dst) throws IOException {
        betweenFrames = false;
        if (stream.isEmpty()) {
            stream = Optional.of(begin());
        }
        // More than is surely there would be waited for, and what is there with it.
        int ready = Math.max(1, stream.get().available());
        int count = stream.get().read(chunk, 0, Math.min(ready, Math.min(CHUNK, dst.remaining())));
        if (count > 0) {
            dst.put(chunk, 0, count);
        } else {
            stream = Optional.empty();
            skipPadding();
        }
        return count;
    }

    private SingleXZInputStream begin() throws IOException {
        ByteBuffer magic = input.require(PackedFormat.MAGIC_LENGTH);
        if (PackedFormat.of(magic).filter(PackedFormat.XZ::equals).isEmpty()) {
            throw PackedDataException.garbage();
        }
        return new SingleXZInputStream(input.stream(), NO_LIMIT, true, arrays);
    }

    /** Between streams there may be zeroes, four at a time. */
    private void skipPadding() throws IOException {
        betweenFrames = true;
        while (input.fill() && input.bytes().get(input.bytes().position()) == 0) {
            betweenFrames = false;
            if (input.require(Integer.BYTES).getInt() != 0) {
                throw PackedDataException.garbage();
            }
            betweenFrames = true;
        }
    }

    @Override
    public boolean isBetweenFrames() {
        return betweenFrames;
    }

    @Override
    public void close() {
        // Not to be found any more when the next one is given its dictionary.
        stream = Optional.empty();
        arrays.close();
        input.close();
    }
}
