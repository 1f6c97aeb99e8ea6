package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.fusedpcap.fs.linux.NativeMemory;

/**
 * A copy of the last bytes that were handed out to the kernel's page cache. The kernel asks for
 * some of them once more: for the page that was not full yet when the file grew, with those that
 * lie in one folio with it, and for pages that it has taken from the cache before their reader came
 * to them. Their file may be deleted or overwritten by then. Not thread-safe.
 *
 * <p>The bytes lie in a ring, each at its stream offset. Those of an answer are added while that is
 * put together, and count once it is {@linkplain #commit handed out}.
 *
 * <p>A reader that is fast has taken its bytes from the page cache before anything happens to them.
 * So no more is copied than a certain rate allows, but for answers that end within a page: those
 * are asked for once more in any case.
 */
final class LatestBytes {

    /** What a kernel that reads ahead 960 KiB at a time may have got ahead of its reader. */
    static final int USUAL_CAPACITY = 2 << 20;

    private static final int PAGE = 4096;

    private static final int BYTES_PER_MICROSECOND = 64;

    private final int capacity;
    private final LongSupplier nanoTime;
    private final long most;

    /** So many bytes may be copied just now, as of {@link #allowedAt}. */
    private long allowed;

    private long allowedAt;

    private Optional<NativeMemory> ring = Optional.empty();

    /** Stream offset of the first byte. */
    private long begin;

    /** Stream offset behind the last one. */
    private long end;

    /** Whether an answer is put together whose bytes are kept. */
    private boolean adding;

    /** Where the bytes begin that are kept of it. */
    private long addFrom;

    /** Stream offset of the byte that is added next. */
    private long addAt;

    /**
     * @param capacity how many bytes are kept, at most
     * @param nanoTime as {@link System#nanoTime}
     */
    LatestBytes(int capacity, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.nanoTime = nanoTime;
        this.most = 2L * capacity;
        this.allowed = most;
        this.allowedAt = nanoTime.getAsLong();
    }

    /** Of which nothing is kept. */
    static LatestBytes none() {
        return new LatestBytes(0, () -> 0);
    }

    /**
     * Collects as many of some bytes as are kept.
     *
     * @param from stream offset of the first
     * @param to stream offset behind the last
     * @return the stream offset behind those collected; {@code from} if there are none
     */
    long collect(long from, long to, PieceList pieces) {
        long until = Math.min(to, end);
        if (from < begin || from >= until) {
            return from;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) (until - from));
        while (bytes.hasRemaining()) {
            bytes.put(part(from + bytes.position(), bytes.remaining()));
        }
        pieces.add(bytes.flip());
        return until;
    }

    /** The part of the ring where some bytes lie, or as many of them as lie there in a row. */
    private ByteBuffer part(long offset, int length) {
        int index = (int) (offset % capacity);
        return ring.orElseThrow().buffer().slice(index, Math.min(length, capacity - index));
    }

    /**
     * Bytes of an answer are added next.
     *
     * @param from stream offset of the first
     * @param to stream offset behind the last
     * @return what is to be added first: {@code from}, or where a few bytes before it begin that
     *     were left out, since requests that are made together may be answered in any order
     */
    long begin(long from, long to) {
        boolean isNear = end > begin && from > end && from - end <= capacity / 2;
        long first = isNear ? end : from;
        adding = to > end && from < to && capacity > 0 && isAllowed(first, to);
        addAt = first;
        addFrom = Math.max(first, to - capacity);
        if (adding && ring.isEmpty()) {
            ring = Optional.of(NativeMemory.allocate(capacity));
        }
        return adding ? first : from;
    }

    private boolean isAllowed(long from, long to) {
        long now = nanoTime.getAsLong();
        // The part of a microsecond that is left over counts the next time.
        long passed = (now - allowedAt) / 1000;
        allowedAt += passed * 1000;
        allowed = Math.min(most, allowed + Math.min(passed, most) * BYTES_PER_MICROSECOND);
        boolean enough = to - from <= allowed;
        allowed -= enough ? to - from : 0;
        return enough || to % PAGE != 0;
    }

    /** Adds bytes in memory. */
    void add(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int left = bytes.remaining();
            int skipped = skipped(left);
            if (skipped > 0) {
                bytes.position(bytes.position() + skipped);
            } else {
                ByteBuffer room = part(addAt, left);
                room.put(bytes.slice(bytes.position(), room.remaining()));
                bytes.position(bytes.position() + room.limit());
            }
            addAt += left - bytes.remaining();
        }
    }

    /** Adds bytes in a file. */
    void add(SegmentFile segment, long fileOffset, int length) throws IOException {
        int done = skipped(length);
        addAt += done;
        while (done < length) {
            ByteBuffer room = part(addAt, length - done);
            int count = room.remaining();
            segment.copyTo(fileOffset + done, count, room);
            done += count;
            addAt += count;
        }
    }

    /** How many of the bytes that are added next are not kept. */
    private int skipped(int length) {
        return adding ? (int) Math.max(0, Math.min(length, addFrom - addAt)) : length;
    }

    /** What was added since {@link #begin} was handed out. */
    void commit() {
        if (adding) {
            boolean goesOn = addFrom == end && addFrom > begin;
            begin = goesOn ? Math.max(begin, addAt - capacity) : addFrom;
            end = addAt;
        }
        adding = false;
    }

    /** What was added since {@link #begin} was not handed out. */
    void cancel() {
        if (adding) {
            // It has taken the place of the oldest bytes, and of those that were kept already.
            end = addFrom < end ? Math.max(begin, addFrom) : end;
            begin = Math.min(end, Math.max(begin, addAt - capacity));
        }
        adding = false;
    }

    /** Lets go of the memory. */
    void close() {
        ring.ifPresent(NativeMemory::free);
        ring = Optional.empty();
        begin = end;
    }
}
