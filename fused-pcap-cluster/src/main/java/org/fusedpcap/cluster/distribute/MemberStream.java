package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;
import org.fusedpcap.cluster.pcap.Framing;

/**
 * The stream of one member of a filled cluster: the capture header, then its records. Used under
 * the member's lock. Offsets count from the header's first byte.
 *
 * <pre>
 *  0                                   end                       readable
 *  +--------+---------------------------+---------------------------+
 *  | header |  in the history, or gone  |  in the queue             |  not distributed
 *  +--------+---------------------------+---------------------------+
 * </pre>
 */
final class MemberStream {

    private final Outcome outcome;
    private final Distributor distributor;
    private final Share share;
    private final ShareReader reader;
    private final History history;
    private final Framing framing;
    private final ByteBuffer header;
    private final int headerLength;
    private final boolean hasWindow;

    /** As much will be delivered, whatever happens; counts only where there is a window. */
    private long promised;

    /** Where the stream ends if it ends abnormally; negative while nobody has asked. */
    private long abnormalEnd = -1;

    private boolean told;

    /** The byte of a record that was copied out last: it can always be read again. */
    private byte lastByte;

    private volatile long position;

    MemberStream(Cluster cluster, Share share) {
        ClusterParts parts = cluster.parts();
        this.outcome = cluster.outcome();
        this.distributor = cluster.distributor();
        this.share = share;
        this.reader = new ShareReader(share.queue(), distributor.blocks());
        this.hasWindow = parts.settings().window() > 0;
        this.history = new History(parts.pool(), parts.settings().window());
        this.framing = parts.source().format().framing();
        this.header = parts.source().fileHeader().slice();
        this.headerLength = header.limit();
        this.promised = headerLength;
    }

    /** See {@link Member#read}. */
    int read(long offset, ByteBuffer dst) {
        int result = readOrDistribute(offset, dst);
        if (result > 0) {
            position = offset + result;
        }
        return result;
    }

    private int readOrDistribute(long offset, ByteBuffer dst) {
        int begin = dst.position();
        boolean distributed = false;
        while (true) {
            Ending ending = outcome.ending();
            boolean inReach = copy(offset, dst, begin, limit(ending));
            int copied = dst.position() - begin;
            if (!dst.hasRemaining() || copied > 0 && (distributed || !inReach)) {
                return copied;
            }
            if (!inReach) {
                return Member.NOT_SEEKABLE;
            }
            if (ending != Ending.RUNNING) {
                return copied > 0 ? copied : tell(ending);
            }
            long wanted = offset + dst.limit() - begin - end();
            if (!distributor.distribute(share, reader, wanted, copied == 0)) {
                return copied;
            }
            distributed = true;
        }
    }

    /** See {@link Member#available}. */
    int available(long offset, int wanted) {
        while (true) {
            Ending ending = outcome.ending();
            long limit = limit(ending);
            if (offset < limit && !isInReach(offset)) {
                return Member.NOT_SEEKABLE;
            }
            long readable = Math.min(limit, readable());
            if (offset < readable) {
                promised = Math.max(promised, readable);
                return (int) Math.min(readable - offset, Integer.MAX_VALUE);
            }
            if (ending != Ending.RUNNING) {
                return tell(ending);
            }
            // What is queued below the offset must not hold back what is to come.
            keepUpTo(offset);
            boolean looksBetter =
                    distributor.distribute(share, reader, offset + wanted - end(), true);
            // Bytes that were promised and not yet read keep the queue from being empty: they are
            // nothing new.
            if (!looksBetter || outcome.ending() == Ending.RUNNING && readable() <= offset) {
                return Member.NOT_YET;
            }
        }
    }

    /** See {@link Member#readableSize}. */
    long readableSize() {
        long readable = Math.min(limit(outcome.ending()), readable());
        promised = Math.max(promised, readable);
        return hasWindow ? promised : readable;
    }

    /** Whether the member has got everything that was its own, or was told why not. */
    boolean isServed() {
        Ending ending = outcome.ending();
        boolean complete = ending == Ending.STREAM_END || ending == Ending.SOURCE_FAILED;
        return told || complete && reader.isEmpty();
    }

    /** See {@link ShareReader#unreadPackets}. */
    long unreadPackets() {
        return reader.unreadPackets(framing);
    }

    /** Gives the memory back. */
    void release() {
        history.release();
    }

    Share share() {
        return share;
    }

    /** Any thread: offset behind the bytes that were read last. */
    long position() {
        return position;
    }

    /** Any thread: bytes of records copied out so far. */
    long takenSeen() {
        return reader.takenSeen();
    }

    /** Any thread: bytes held for reading again. */
    int memoryBytes() {
        return history.memoryBytes();
    }

    /** Copies what is there below {@code limit}; false if the offset cannot be gone to. */
    private boolean copy(long offset, ByteBuffer dst, int begin, long limit) {
        while (dst.hasRemaining()) {
            long at = offset + dst.position() - begin;
            if (at >= limit) {
                return true;
            }
            if (!isInReach(at)) {
                return false;
            }
            int most = (int) Math.min(dst.remaining(), limit - at);
            int copied =
                    at < headerLength
                            ? copyHeader((int) at, dst, most)
                            : copyRecords(at, dst, most);
            if (copied == 0) {
                return true;
            }
        }
        return true;
    }

    private int copyHeader(int at, ByteBuffer dst, int most) {
        int bytes = Math.min(most, headerLength - at);
        dst.put(header.slice(at, bytes));
        return bytes;
    }

    private int copyRecords(long at, ByteBuffer dst, int most) {
        if (at < end() && !history.isKept(at, end())) {
            dst.put(lastByte);
            return 1;
        }
        if (at < end()) {
            return history.copyTo(at, end(), dst, most);
        }
        if (at == end() && !history.keeps(at)) {
            return take(dst, most);
        }
        keepUpTo(at + most);
        return at < end() ? history.copyTo(at, end(), dst, most) : 0;
    }

    /** Takes what is queued into the history, as far as that keeps it. */
    private void keepUpTo(long offset) {
        boolean more = true;
        while (more && end() < offset && history.keeps(end())) {
            ByteBuffer room = history.room(end());
            more = take(room, (int) Math.min(room.remaining(), offset - end())) > 0;
        }
    }

    private int take(ByteBuffer dst, int most) {
        int bytes = reader.copyTo(dst, most);
        if (bytes > 0) {
            lastByte = dst.get(dst.position() - 1);
        }
        if (reader.leftSlab()) {
            distributor.leftSlab();
        }
        return bytes;
    }

    private boolean isInReach(long offset) {
        if (offset >= end()) {
            return history.reaches(offset, end());
        }
        boolean isLastByte = offset == end() - 1 && offset >= headerLength;
        return isLastByte || history.isKept(offset, end());
    }

    private long end() {
        return headerLength + reader.taken();
    }

    private long readable() {
        return headerLength + share.bytes();
    }

    private long limit(Ending ending) {
        if (ending.keepsQueues()) {
            return Long.MAX_VALUE;
        }
        long kept = hasWindow ? promised : 0;
        if (ending != Ending.ABNORMAL_END) {
            return kept;
        }
        if (abnormalEnd < 0) {
            abnormalEnd = Math.max(kept, end() + reader.restOfRecord(framing));
        }
        return abnormalEnd;
    }

    private int tell(Ending ending) {
        told = true;
        return switch (ending) {
            case STREAM_END, ABNORMAL_END -> Member.END_OF_STREAM;
            case ABNORMAL_ERROR -> Member.ABNORMAL_END;
            case SOURCE_FAILED, STOPPED -> Member.SOURCE_FAILED;
            case RUNNING -> throw new IllegalStateException("nothing to tell");
        };
    }
}
