package org.fusedpcap.testkit.writer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.fusedpcap.testkit.traffic.FrameSource;

/**
 * One file while it is written. A file of this name that is there already is cut to nothing and
 * keeps its inode. For one thread.
 */
public final class CaptureFile implements Closeable {

    private static final int ROOM =
            FrameSource.LONGEST_FRAME + RecordEncoder.MAX_OVERHEAD + RecordEncoder.MAX_HEADER;

    private final Path path;
    private final FileChannel channel;
    private final RecordEncoder encoder;
    private final FlushPolicy flush;
    private final int snaplen;
    private final byte[] buffer;
    private final ByteBuffer view;
    private int waiting;
    private long packets;
    private long flushed;

    /** Begins a file; its header waits for the first flush. */
    public CaptureFile(Path path, CaptureFormat format, FlushPolicy flush) throws IOException {
        this.path = path;
        this.encoder = format.encoder();
        this.flush = flush;
        this.snaplen = format.snaplen();
        this.buffer = new byte[flush.piece() + ROOM];
        this.view = ByteBuffer.wrap(buffer);
        this.channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
        this.waiting = encoder.header(buffer, 0);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Number of bytes, those included that have not reached the file yet. */
    public long length() {
        return flushed + waiting;
    }

    /** Number of records. */
    public long packets() {
        return packets;
    }

    /**
     * Writes the next frame of a source.
     *
     * @param timeNanos when it was captured, in nanoseconds since 1970
     */
    public void write(FrameSource source, long timeNanos) throws IOException {
        int original = source.next(buffer, waiting + encoder.frameOffset());
        int captured = Math.min(original, snaplen);
        waiting += encoder.finish(buffer, waiting, captured, original, timeNanos);
        packets++;
        if (waiting >= flush.piece()) {
            push(flush.due(waiting));
        }
    }

    /** Hands all bytes to the kernel. */
    public void flush() throws IOException {
        push(waiting);
    }

    /**
     * Hands all bytes to the kernel but the last ones.
     *
     * @param missing number of bytes that the file is to lack
     */
    public void tear(int missing) throws IOException {
        push(Math.max(0, waiting - missing));
        channel.truncate(flushed + waiting - missing);
        waiting = 0;
    }

    private void push(int bytes) throws IOException {
        view.limit(bytes).position(0);
        while (view.hasRemaining()) {
            channel.write(view);
        }
        view.clear();
        waiting -= bytes;
        flushed += bytes;
        System.arraycopy(buffer, bytes, buffer, 0, waiting);
    }

    /** Closes the file; what has not been flushed is lost, as if the writer had been killed. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
