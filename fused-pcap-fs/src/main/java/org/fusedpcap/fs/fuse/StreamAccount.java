package org.fusedpcap.fs.fuse;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.fusedpcap.cluster.distribute.Cluster;
import org.fusedpcap.cluster.distribute.Member;
import org.fusedpcap.fs.options.StreamOptions;
import org.fusedpcap.fs.status.Delivered;
import org.fusedpcap.fs.status.StreamKind;
import org.fusedpcap.fs.stream.CaptureStream;
import org.fusedpcap.fs.stream.ClusterStream;
import org.fusedpcap.fs.stream.HeaderAwaitingStream;
import org.fusedpcap.fs.stream.Progress;
import org.fusedpcap.fs.stream.StreamEvents;

/**
 * What is counted of one open stream. Reads add to it without a lock; whoever looks at it takes
 * none that a reader could hold while it waits.
 */
final class StreamAccount {

    private final Ledger ledger;
    private final long number;
    private final String path;
    private final StreamKind kind;
    private final String options;
    private final Readers readers;
    private final StreamEvents pathEvents;
    private final StreamEvents events;
    private final Instant opened;

    private final LongAdder bytes = new LongAdder();

    /** The stream offset behind the last byte that was read. */
    private final AtomicLong position = new AtomicLong();

    /** The largest {@link #position} there was; it never gets smaller, as counters must not. */
    private final AtomicLong furthest = new AtomicLong();

    /** The most packets ever counted before {@link #furthest}. */
    private final AtomicLong packets = new AtomicLong();

    /** Set once, as soon as the stream is open. */
    private volatile Optional<CaptureStream> stream = Optional.empty();

    /**
     * @param pathEvents what happens to all streams on this path
     */
    StreamAccount(
            Ledger ledger,
            long number,
            String path,
            StreamKind kind,
            StreamOptions options,
            Readers readers,
            StreamEvents pathEvents,
            Instant opened) {
        this.ledger = ledger;
        this.number = number;
        this.path = path;
        this.kind = kind;
        this.options = options.levelOver(StreamOptions.DEFAULTS);
        this.readers = readers;
        this.pathEvents = pathEvents;
        this.events = pathEvents.part();
        this.opened = opened;
    }

    /** From now on it is about this stream. */
    void begin(CaptureStream of) {
        stream = Optional.of(of);
        ledger.begin(this);
    }

    /** Bytes go to the reader. */
    void delivered(long offset, int length) {
        long end = offset + length;
        bytes.add(length);
        position.lazySet(end);
        if (end > furthest.getPlain()) {
            furthest.accumulateAndGet(end, Math::max);
        }
    }

    /** How far the reader has come; empty while the stream is being opened. */
    Optional<Progress> progress() {
        Optional<Progress> progress = stream.map(open -> open.progress(furthest.get()));
        progress.ifPresent(now -> packets.accumulateAndGet(now.packets(), Math::max));
        return progress;
    }

    /** What the reader was given, its packets as of the last {@link #progress}. */
    Delivered delivered() {
        return new Delivered(bytes.sum(), packets.get());
    }

    /** The stream is closed, once: what was counted goes into the sums. */
    void close() {
        progress();
        ledger.close(this);
    }

    /** The cluster that the reader has a place in, if it has. */
    Optional<Cluster> cluster() {
        return stream.flatMap(StreamAccount::member).flatMap(Member::cluster);
    }

    private static Optional<Member> member(CaptureStream stream) {
        if (stream instanceof ClusterStream member) {
            return Optional.of(member.member());
        }
        return stream instanceof HeaderAwaitingStream waiting
                ? waiting.opened().flatMap(StreamAccount::member)
                : Optional.empty();
    }

    long number() {
        return number;
    }

    String path() {
        return path;
    }

    StreamKind kind() {
        return kind;
    }

    String options() {
        return options;
    }

    Readers readers() {
        return readers;
    }

    Instant opened() {
        return opened;
    }

    long position() {
        return position.get();
    }

    /** What happens to this stream alone. */
    StreamEvents events() {
        return events;
    }

    /** What happens to all streams on this path; a cluster's are none of a member alone. */
    StreamEvents pathEvents() {
        return pathEvents;
    }
}
