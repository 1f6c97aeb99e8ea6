package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.Framing;

/**
 * Answers where records begin and end in the part of a file that was scanned: by the index where
 * that knows, else by a walk from the nearest record that is known. Not thread-safe; used under the
 * scan's lock, where nothing waits but the disk.
 */
final class RecordPlaces {

    /** So much behind a place that is asked about is looked at, if the next ones are near. */
    private static final int WINDOW = 64 * 1024;

    /** So much is looked at otherwise: enough for the header of a record there. */
    private static final int BESIDE = 512;

    private final SegmentContent content;
    private final Framing records;
    private final ByteOrder firstOrder;
    private final RecordIndex index;
    private final RecordWindow window = new RecordWindow();

    /** Byte order where that ends. */
    private ByteOrder windowOrder;

    /**
     * @param index of what was scanned; goes on growing
     */
    RecordPlaces(SegmentContent content, CaptureHeader header, RecordIndex index) {
        this.content = content;
        this.records = header.framing();
        this.firstOrder = header.order();
        this.windowOrder = firstOrder;
        this.index = index;
    }

    /**
     * The first place at or behind a file offset where a record begins or the last one ends.
     *
     * @param end file offset behind the last whole record
     * @throws WindowPassedException if records before the offset were forgotten
     */
    long atOrBehind(long fileOffset, long end) throws IOException {
        long latest = index.latestAtOrBehind(fileOffset);
        if (latest != RecordIndex.UNKNOWN) {
            return latest;
        }
        cover(fileOffset, end);
        return window.atOrBehind(fileOffset);
    }

    /** The last place at or before a file offset; otherwise as {@link #atOrBehind}. */
    long atOrBefore(long fileOffset, long end) throws IOException {
        long latest = index.latestAtOrBefore(fileOffset);
        if (latest != RecordIndex.UNKNOWN) {
            return latest;
        }
        cover(fileOffset, end);
        return window.atOrBefore(fileOffset);
    }

    private void cover(long fileOffset, long end) throws IOException {
        if (index.recordBefore(fileOffset) > fileOffset) {
            throw new WindowPassedException(content.file().path(), fileOffset);
        }
        if (!window.covers(fileOffset)) {
            int behind = isNearLast(fileOffset) ? WINDOW : BESIDE;
            fillWindow(fileOffset, Math.min(end, fileOffset + behind));
        }
    }

    /** Whether somebody reads in small pieces, and the last question was about the one before. */
    private boolean isNearLast(long fileOffset) {
        return Math.abs(fileOffset - window.end()) < WINDOW;
    }

    /** Looks where the records around a place begin, and of some behind it. */
    private void fillWindow(long fileOffset, long to) throws IOException {
        ByteBuffer chunk = ScanBuffers.take();
        try {
            long at = beginWalk(chunk, fileOffset);
            restartWindow(at);
            while (at < fileOffset) {
                Optional<IOException> failure = ScanBuffers.fill(chunk, content, at, to);
                if (failure.isPresent() && chunk.limit() < records.headerLength()) {
                    throw failure.get();
                }
                long next = walk(chunk, at, to);
                if (next == at) {
                    throw new ShortFileException(content.file().path(), at);
                }
                at = next;
                if (at < fileOffset) {
                    restartWindow(at);
                }
            }
        } finally {
            windowOrder = chunk.order();
            ScanBuffers.giveBack(chunk);
        }
    }

    /** A place not behind another one where a record begins, and the byte order there. */
    private long beginWalk(ByteBuffer chunk, long fileOffset) {
        long indexed = index.recordBefore(fileOffset);
        // In a file so long that the index is coarse, the last question was nearer.
        if (window.end() > indexed && window.end() <= fileOffset) {
            chunk.order(windowOrder);
            return window.end();
        }
        chunk.order(orderOf(index.isSwappedBefore(fileOffset)));
        return indexed;
    }

    // Of a long way to the place only the last part is kept.
    private void restartWindow(long fileOffset) {
        window.clear();
        window.add(fileOffset);
    }

    /** Notes where the records of a buffer end; where the last one does. */
    private long walk(ByteBuffer chunk, long base, long to) {
        long at = base;
        while (at < to && at - base < chunk.limit()) {
            int length = records.unitLength(chunk, (int) (at - base));
            if (length == Framing.INCOMPLETE || length == Framing.SENSELESS) {
                break;
            }
            at += length;
            window.add(at);
        }
        return at;
    }

    private ByteOrder orderOf(boolean swapped) {
        boolean big = swapped != (firstOrder == ByteOrder.BIG_ENDIAN);
        return big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
}
