package org.fusedpcap.cluster.distribute;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One open handle on a stream that is shared out: it takes a place in a cluster with its first read
 * and then reads its own packets. Thread-safe; reads of one member come one after the other.
 *
 * <p>No call waits for data. A caller that wants to wait does it like this, and misses nothing:
 *
 * <pre>{@code
 * while ((n = member.read(offset, buffer)) == Member.NOT_YET) {
 *     member.onReadable(waker);
 *     if ((n = member.read(offset, buffer)) != Member.NOT_YET) {
 *         break;
 *     }
 *     park();                    // until the waker has been called, or an interrupt, or a while
 * }
 * member.forget(waker);
 * }</pre>
 */
public final class Member implements AutoCloseable {

    /** Nothing is there now; something may come. */
    public static final int NOT_YET = 0;

    /** The member has read everything that is its own. */
    public static final int END_OF_STREAM = -1;

    /** Another member closed before its end of stream, and that is an error for this one. */
    public static final int ABNORMAL_END = -2;

    /** The offset is neither where the last read ended nor where bytes can be read again. */
    public static final int NOT_SEEKABLE = -3;

    /** The stream cannot go on; {@link #failure} says why. */
    public static final int SOURCE_FAILED = -4;

    /** Held while reading and closing; taken before the room's lock and the distributor's. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Wakers wakers = new Wakers();
    private final Room room;
    private final int pid;

    // Under the lock, but that other threads may look at them for numbers.
    private volatile Optional<Cluster> cluster = Optional.empty();
    private volatile boolean closed;

    /** Written by whoever takes the last place, before the cluster says that it is filled. */
    private volatile Optional<MemberStream> stream = Optional.empty();

    private volatile Optional<IOException> openFailure = Optional.empty();

    Member(Room room, int pid) {
        this.room = room;
        this.pid = pid;
    }

    /** Id of the process that opened the handle. */
    public int pid() {
        return pid;
    }

    /**
     * Reads what is there, as much as fits, of this member's stream: the capture header and then
     * its records, of which the last may be cut by the buffer's end. The first 128 KiB can be read
     * again at any time, and as much of what was read last as {@link ClusterSettings#window} says;
     * otherwise a read begins where the one before ended, or with a window up to that much behind.
     *
     * @param offset in bytes from the beginning of this member's stream, not negative
     * @param dst where the bytes go, at its position, which moves; it must have room
     * @return number of bytes, more than 0; or {@link #NOT_YET}, {@link #END_OF_STREAM}, {@link
     *     #ABNORMAL_END}, {@link #NOT_SEEKABLE} or {@link #SOURCE_FAILED}
     */
    public int read(long offset, ByteBuffer dst) {
        lock.lock();
        try {
            enter();
            return filledStream().map(s -> s.read(offset, dst)).orElseGet(this::withoutStream);
        } catch (OutOfMemoryError e) {
            return failFor(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks what a read would answer, and sees to it that there is something if that can be; takes a
     * place in a cluster as a read does. Bytes it speaks of are promised as by {@link
     * #readableSize}.
     *
     * @param offset in bytes from the beginning of this member's stream, not negative
     * @param wanted if nothing is there, how many bytes are to be made available where that can be
     *     done at once, at least 1
     * @return number of bytes that are there from {@code offset}, more than 0; or what {@link
     *     #read} would answer instead
     */
    public int available(long offset, int wanted) {
        lock.lock();
        try {
            enter();
            return filledStream()
                    .map(s -> s.available(offset, wanted))
                    .orElseGet(this::withoutStream);
        } catch (OutOfMemoryError e) {
            return failFor(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The size that this member's stream can be said to have now: all offsets below it can be read,
     * but for what is not kept any more. With a {@link ClusterSettings#window} it never shrinks,
     * and what it once said is kept even when the cluster ends abnormally or is stopped: the end or
     * error comes behind it. Before the cluster is filled it is 0.
     */
    public long readableSize() {
        lock.lock();
        try {
            return filledStream().map(MemberStream::readableSize).orElse(0L);
        } finally {
            lock.unlock();
        }
    }

    /** Offset behind the bytes that were read last: where a sequential read goes on. */
    public long position() {
        return stream.map(MemberStream::position).orElse(0L);
    }

    /**
     * Registers for being told, once, that a read may have something new to say. The waker may be
     * called at any time from any thread, also without need; it must neither wait nor call back.
     *
     * @param waker what to call; registering it twice is the same as once
     */
    public void onReadable(Runnable waker) {
        wakers.register(waker);
    }

    /** Takes back {@link #onReadable}. */
    public void forget(Runnable waker) {
        wakers.forget(waker);
    }

    /** Why reads answer {@link #SOURCE_FAILED}. */
    public Optional<IOException> failure() {
        return cluster.map(Cluster::outcome).flatMap(Outcome::failure).or(() -> openFailure);
    }

    /** The cluster this member has a place in, if it has. */
    public Optional<Cluster> cluster() {
        return cluster;
    }

    /**
     * Gives up the place. If packets flow already and the member has not come to its end, that is
     * an abnormal end for the cluster. Waits for a read under way, which may read the disk.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            room.leave(this);
            stream.ifPresent(this::leave);
        } finally {
            lock.unlock();
        }
        wakers.wake();
    }

    /** Numbers for people; takes no lock. */
    public MemberStatistics statistics() {
        Optional<Share> share = stream.map(MemberStream::share);
        long bytes = share.map(Share::bytes).orElse(0L);
        long taken = stream.map(MemberStream::takenSeen).orElse(0L);
        return new MemberStatistics(
                pid,
                share.map(Share::packets).orElse(0L),
                bytes,
                closed ? 0 : Math.max(0, bytes - taken),
                share.map(Share::droppedPackets).orElse(0L),
                !closed);
    }

    /** Called under the room's lock when the last place is taken. */
    Share takeShare(int number, Cluster filled) {
        Share share = new Share(number, wakers);
        stream = Optional.of(new MemberStream(filled, share));
        return share;
    }

    void wake() {
        wakers.wake();
    }

    int memoryBytes() {
        return stream.map(MemberStream::memoryBytes).orElse(0);
    }

    /** Takes a place, if the handle has none. */
    private void enter() {
        if (cluster.isEmpty() && openFailure.isEmpty() && !closed) {
            try {
                cluster = Optional.of(room.seat(this));
            } catch (IOException e) {
                openFailure = Optional.of(e);
            }
        }
    }

    /** The stream, once those of all other members are there too. */
    private Optional<MemberStream> filledStream() {
        return cluster.filter(c -> !closed && c.isFilled()).flatMap(c -> stream);
    }

    private int withoutStream() {
        if (closed) {
            return END_OF_STREAM;
        }
        return failure().isPresent() ? SOURCE_FAILED : NOT_YET;
    }

    private void leave(MemberStream left) {
        boolean served = left.isServed();
        left.release();
        cluster.ifPresent(filled -> filled.leave(this, left, served));
    }

    private int failFor(OutOfMemoryError e) {
        cluster.ifPresent(c -> c.fail(new IOException("no memory for a member's stream", e)));
        return SOURCE_FAILED;
    }
}
