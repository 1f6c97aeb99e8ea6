package org.fusedpcap.testkit.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stream that is being read: by one process, or by the members of a cluster. Used by the
 * conductor's thread alone.
 */
final class Session {

    /** A reader may take its time so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Findings findings;
    private final Written written;
    private final StreamPath path;
    private final List<Reader> readers;
    private OptionalLong killedNanos = OptionalLong.empty();
    private long endedNanos;
    private boolean hung;

    Session(Findings findings, Written written, StreamPath path, List<Reader> readers) {
        this.findings = findings;
        this.written = written;
        this.path = path;
        this.readers = List.copyOf(readers);
    }

    List<Reader> readers() {
        return readers;
    }

    boolean hasEnded() {
        return readers.stream().allMatch(Reader::hasEnded);
    }

    /** Whether the stream can be ended for its one reader alone. */
    boolean isSingleFollow() {
        return readers.size() == 1 && path.isFollow();
    }

    /** Kills one of the readers. The others of a cluster then end by themselves. */
    void kill(Reader reader, String signal) throws IOException {
        reader.kill(signal);
        killedNanos = OptionalLong.of(System.nanoTime());
        findings.count("readers killed by " + signal);
        if (isUnfilled()) {
            giveUp();
        }
    }

    /** A cluster that lacks a member from the beginning is never filled, and nobody is told. */
    private boolean isUnfilled() {
        return isCluster() && readers.stream().allMatch(r -> r.received().packets() == 0);
    }

    private void giveUp() throws IOException {
        findings.count("clusters that were not filled");
        killedNanos = OptionalLong.of(System.nanoTime());
        for (Reader reader : readers) {
            reader.kill("TERM");
        }
    }

    private boolean isCluster() {
        return readers.size() > 1;
    }

    boolean hasKilled() {
        return killedNanos.isPresent();
    }

    /**
     * Looks whether it should have ended by now, and ends it by force if so.
     *
     * @param endSetNanos when the end of its stream was set, if it was
     */
    void checkLimit(OptionalLong endSetNanos) throws IOException {
        if (hung) {
            return;
        }
        boolean patient = readers.get(0).age().compareTo(PATIENCE) < 0;
        List<Reader> ended = readers.stream().filter(Reader::hasEnded).toList();
        if (!patient && killedNanos.isEmpty() && !ended.isEmpty() && isUnfilled()) {
            endedNanos = lastEndOf(ended);
            ended.forEach(this::requireExcuse);
            giveUp();
        }
        if (!patient && !path.isFollow()) {
            readers.forEach(reader -> reader.received().hurry());
        }
        long now = System.nanoTime();
        boolean signalled = readers.size() == 1 && killedNanos.isPresent();
        long limit = signalled ? Limits.SIGNAL.toNanos() : Limits.END.toNanos();
        OptionalLong since = killedNanos.isPresent() ? killedNanos : endSetNanos;
        if (!path.isFollow() && since.isEmpty()) {
            since = OptionalLong.of(now - readers.get(0).age().toNanos());
        }
        if (since.isEmpty() || now - since.getAsLong() < limit) {
            return;
        }
        hung = true;
        for (Reader reader : readers) {
            if (!reader.hasEnded()) {
                findings.fault(
                        "hangs in "
                                + reader.waitingFor()
                                + (hasKilled() ? ", another was killed: " : ": ")
                                + reader);
                reader.abandon();
            }
        }
    }

    /** Says what is wrong with what was read, once all have ended. */
    Optional<String> judge() throws IOException {
        endedNanos = lastEndOf(readers);
        for (Reader reader : readers) {
            judge(reader);
            findings.count("packets read", reader.received().packets());
        }
        if (hung || isCluster() && hasKilled()) {
            return Optional.empty();
        }
        BitSet all = union();
        Completeness completeness = new Completeness(written, endedNanos);
        completeness
                .missing(all, startOf(all).first(), endOf(all))
                .ifPresent(what -> fault(readers.get(0), what));
        findings.count("packets of deleted segments", completeness.explained());
        return completeness.explained() > 0 ? Optional.of(path.start().name()) : Optional.empty();
    }

    private static long lastEndOf(List<Reader> readers) {
        return readers.stream().mapToLong(Reader::endedNanos).max().orElseThrow();
    }

    private void judge(Reader reader) {
        Received received = reader.received();
        received.wrong().ifPresent(what -> fault(reader, what));
        if (hung || hasKilled()) {
            return;
        }
        if (!hasBegun() && !mustHaveBegun()) {
            findings.count("readers that found nothing");
            requireExcuse(reader);
        } else if (reader.status() != 0 && path.isCached() && ringHasTurned()) {
            // What the page cache has to read again may be gone by then.
            findings.count("cached readers that a ring overtook");
        } else {
            received.torn().ifPresent(what -> fault(reader, what));
            if (reader.status() != 0) {
                faultOfStatus(reader);
            }
        }
    }

    /** A member of a cluster that has no packet must not fail because nobody has one. */
    private void requireExcuse(Reader reader) {
        boolean refused = anyLost() && reader.wasRefused();
        if (isCluster() && reader.status() != 0 && hasMoreThanNothing() && !refused) {
            faultOfStatus(reader);
        }
    }

    private void faultOfStatus(Reader reader) {
        fault(reader, "exit status " + reader.status() + ": " + reader.errors());
    }

    // One member of a cluster may have no packet at all.
    private boolean hasBegun() {
        return readers.stream().anyMatch(reader -> reader.received().last() >= 0);
    }

    private boolean mustHaveBegun() {
        return hasMoreThanNothing() && !isLost(path.start());
    }

    // A range may end before the first packet.
    private boolean hasMoreThanNothing() {
        return !path.end().filter(path.start()::equals).isPresent()
                && written.hasPackets(path.start());
    }

    // The first segments that were read are gone.
    private boolean ringHasTurned() {
        return isLost(path.start());
    }

    private boolean anyLost() {
        return isLost(path.start()) || path.end().filter(this::isLost).isPresent();
    }

    private boolean isLost(Written.Segment segment) {
        return written.isLost(segment.number(), endedNanos);
    }

    private BitSet union() {
        BitSet all = new BitSet();
        Map<Long, Integer> owners = new HashMap<>();
        for (int i = 0; i < readers.size(); i++) {
            Received received = readers.get(i).received();
            if (all.intersects(received.sequences())) {
                fault(readers.get(i), "has packets that another member has, too");
            }
            all.or(received.sequences());
            for (Map.Entry<Long, Long> group : received.groups().entrySet()) {
                Integer other = owners.putIfAbsent(group.getKey(), i);
                if (other != null) {
                    fault(
                            readers.get(i),
                            "packet " + group.getValue() + " belongs to " + readers.get(other));
                }
            }
        }
        return all;
    }

    /** Where it began: a name can have been used again before it was opened. */
    private Written.Segment startOf(BitSet all) {
        if (all.isEmpty()) {
            return path.start();
        }
        Written.Segment first = written.segmentOf(all.nextSetBit(0));
        return first.name().equals(path.start().name()) ? first : path.start();
    }

    /** The first packet that nobody need have got. */
    private long endOf(BitSet all) {
        long last = all.length() - 1L;
        if (hasKilled()) {
            return last + 1;
        }
        if (path.end().isPresent()) {
            Written.Segment end = path.end().get();
            if (last >= written.endOf(end.number()) && !isLost(end)) {
                fault(readers.get(0), "packet " + last + " is behind the end of the range");
            }
            // It could not be opened, maybe.
            return anyLost() && last < 0 ? 0 : Math.max(end.first(), last + 1);
        }
        if (last < 0) {
            return mustHaveBegun() ? written.endOf(path.start().number()) : 0;
        }
        return written.endOf(written.segmentOf(last).number());
    }

    private void fault(Reader reader, String what) {
        findings.fault(reader + ": " + what);
    }

    @Override
    public String toString() {
        return path + " by " + readers.size();
    }
}
