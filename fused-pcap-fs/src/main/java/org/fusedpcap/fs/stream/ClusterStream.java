package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.fusedpcap.cluster.distribute.Cluster;
import org.fusedpcap.cluster.distribute.Member;
import org.fusedpcap.cluster.distribute.MemberStatistics;
import org.fusedpcap.fs.linux.NativeMemory;
import org.fusedpcap.fs.series.Backlog;

/**
 * One member's share of a stream.
 *
 * <p>A member tells news once to whoever has asked since the last time. So before each look that
 * may find nothing this stream asks to be told; being told, it wakes all its own readers.
 */
public final class ClusterStream implements CaptureStream {

    /**
     * Who asks for more gets so much of it where it is to be had: each step of a size that the
     * kernel is told costs it the pages at the end.
     */
    private static final long MOST_AHEAD = 1024 * 1024;

    private final Member member;
    private final CopyOnWriteArrayList<Runnable> wakers = new CopyOnWriteArrayList<>();
    private final Runnable wake = () -> wakers.forEach(Runnable::run);
    private final String start;

    /** Behind the last byte that was ever handed out, wherever later reads went back to. */
    private final AtomicLong delivered = new AtomicLong();

    /** Whether the end was met behind what is available. */
    private volatile boolean ended;

    /**
     * @param member the place in the cluster; closed with the stream
     * @param start name of the stream's first segment
     */
    public ClusterStream(Member member, String start) {
        this.member = member;
        this.start = start;
    }

    /** The place in the cluster. */
    public Member member() {
        return member;
    }

    @Override
    public ReadResult read(long streamOffset, int length) {
        ReadResult result = take(streamOffset, length);
        if (result instanceof ReadResult.Data data) {
            deliver(streamOffset + data.length());
        }
        return result;
    }

    /**
     * Reads into memory, as {@link #read} otherwise.
     *
     * @param dst gets the bytes at its position, which moves
     * @return whether there were any; if not, {@link #read} tells why
     */
    public boolean readInto(long streamOffset, ByteBuffer dst) {
        int count = member.read(streamOffset, dst);
        if (count > 0) {
            deliver(streamOffset + count);
        }
        return count > 0;
    }

    /**
     * Reads into memory in full, or not at all; as {@link #readFully} otherwise.
     *
     * @param dst is filled up, or left as it was but for what lies behind its position
     * @return whether there was so much; if not, {@link #readFully} tells why
     */
    public boolean readFullyInto(long streamOffset, ByteBuffer dst) {
        int begin = dst.position();
        int length = dst.remaining();
        if (member.read(streamOffset, dst) == length) {
            deliver(streamOffset + length);
            return true;
        }
        dst.position(begin);
        return false;
    }

    /** A member keeps what was read last, so what is not returned can be read again. */
    @Override
    public ReadResult readFully(long streamOffset, int length) {
        ReadResult result = take(streamOffset, length);
        if (!(result instanceof ReadResult.Data data)) {
            return result;
        }
        long end = streamOffset + data.length();
        if (data.length() < length) {
            data.release();
            int code = member.available(end, 1);
            return code > 0 ? ReadResult.Nothing.NOT_YET : nothing(code);
        }
        deliver(end);
        return data;
    }

    private void deliver(long end) {
        delivered.accumulateAndGet(end, Math::max);
    }

    private ReadResult take(long streamOffset, int length) {
        ReadResult result = tryRead(streamOffset, length);
        if (result != ReadResult.Nothing.NOT_YET) {
            return result;
        }
        member.onReadable(wake);
        return tryRead(streamOffset, length);
    }

    private ReadResult tryRead(long streamOffset, int length) {
        NativeMemory memory = NativeMemory.allocate(length);
        int count = member.read(streamOffset, memory.buffer());
        if (count > 0) {
            return ReadResult.Data.of(new Piece.InNativeMemory(memory, count));
        }
        memory.free();
        return nothing(count);
    }

    private ReadResult nothing(int code) {
        return switch (code) {
            case Member.NOT_YET -> ReadResult.Nothing.NOT_YET;
            case Member.END_OF_STREAM -> ReadResult.Nothing.END;
            case Member.NOT_SEEKABLE -> ReadResult.Nothing.NOT_SEEKABLE;
            case Member.ABNORMAL_END -> new ReadResult.Failed(new AbnormalEndException());
            default -> new ReadResult.Failed(failure());
        };
    }

    private IOException failure() {
        return member.failure().orElseGet(() -> new IOException("the cluster has failed"));
    }

    /**
     * Looks further only when all that is known was handed out, but for a last byte that is
     * withheld: a member that asks for what comes behind takes all before it out of its queue, and
     * keeps no more of that than its window.
     */
    @Override
    public long available(long atLeast) throws IOException {
        long known = member.readableSize();
        if (known >= atLeast || delivered.get() < known - 1) {
            return known;
        }
        member.onReadable(wake);
        int code = member.available(known, (int) Math.min(atLeast - known, MOST_AHEAD));
        ReadResult behind = nothing(Math.min(0, code));
        // A failure is an end, too: nothing more will come.
        ended = behind == ReadResult.Nothing.END || behind instanceof ReadResult.Failed;
        if (behind instanceof ReadResult.Failed failed) {
            throw failed.cause();
        }
        return member.readableSize();
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public String segment() {
        return member.cluster()
                .map(Cluster::statistics)
                .map(numbers -> numbers.segment())
                .orElse(start);
    }

    @Override
    public Progress progress(long streamOffset) {
        MemberStatistics numbers = member.statistics();
        return new Progress(
                segment(),
                numbers.packets(),
                OptionalLong.empty(),
                new Backlog(0, numbers.queuedBytes()));
    }

    @Override
    public void addWaker(Runnable waker) {
        wakers.add(waker);
    }

    @Override
    public void removeWaker(Runnable waker) {
        wakers.remove(waker);
    }

    @Override
    public void close() {
        member.forget(wake);
        member.close();
    }
}
