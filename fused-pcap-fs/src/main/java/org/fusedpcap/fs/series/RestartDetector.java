package org.fusedpcap.fs.series;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells a file that was written anew from one that grew, by what it was when last looked at:
 * another inode, fewer bytes, or another beginning. Another time alone says nothing: touch(1) and
 * backups set times, and a ring that writes its file anew begins it with another packet.
 *
 * <p>Not every file is looked at: of a directory of 50,000 only those that can matter, which are
 * the newest one, and others once they change. A segment is noted when the next one supersedes it
 * or its writer closes it, since from then on it should not change; in series of up to {@value
 * #ALL_KNOWN} segments all are noted at the start. A file of which nothing is known that changes
 * although two others came after it is taken for written anew: that is what a ring does, and a
 * writer's late flush can only meet the one before the newest.
 *
 * <p>Used under the series' lock, but for {@link #knownSize}.
 */
final class RestartDetector {

    static final int ALL_KNOWN = 4096;

    private static final int NEXT_IN_RING = 16;

    private record Look(FileState state, FileHead head) {

        /** A file as it is now; empty if there is none. */
        static Optional<Look> at(Segment segment) {
            return FileState.of(segment.path())
                    .map(state -> new Look(state, FileHead.of(segment.path())));
        }

        /** This look, with the head of the one before if the file could not be read. */
        Look orHeadOf(Look before) {
            return new Look(state, head.orBefore(before.head));
        }

        /** Whether something else was in the file before. */
        boolean isRestartedSince(Look before) {
            return state.restartedSince(before.state) || !head.continues(before.head);
        }
    }

    private final SeriesIndex index;

    /** Written under the series' lock, read for sizes without. */
    private final Map<String, Look> looks = new ConcurrentHashMap<>();

    private final Set<String> finished = new HashSet<>();

    RestartDetector(SeriesIndex index) {
        this.index = index;
    }

    /**
     * Looks at the files for the first time.
     *
     * @return those that turned out to be no files
     */
    List<Segment> begin() {
        if (index.size() > ALL_KNOWN) {
            noteNewest();
            newestButOne().ifPresent(this::note);
            return List.of();
        }
        return index.all().stream().filter(segment -> !note(segment)).toList();
    }

    /** Notes the newest segment, before it stops being the newest or a reader waits on it. */
    void noteNewest() {
        index.newest().ifPresent(this::noteUnlessRestarted);
    }

    /**
     * Notes a file, unless it was written anew, and what tells so is still to come: that must find
     * what was there before. It may happen at any moment, so the look that is noted is the one that
     * was compared.
     */
    private void noteUnlessRestarted(Segment segment) {
        String identity = Compression.strip(segment.name());
        Look.at(segment)
                .ifPresent(
                        now ->
                                looks.merge(
                                        identity,
                                        now,
                                        (before, same) ->
                                                now.isRestartedSince(before)
                                                        ? before
                                                        : now.orHeadOf(before)));
    }

    void appeared(String identity) {
        index.find(identity).ifPresent(this::note);
    }

    /** Any thread: size of a file when it was last looked at; 0: never. */
    long knownSize(String identity) {
        Look look = looks.get(identity);
        return look == null ? 0 : look.state.size();
    }

    /** Forgets a file, and notes those that a ring will remove next, for their sizes. */
    void removed(String identity) {
        looks.remove(identity);
        finished.remove(identity);
        Optional<Segment> next = index.oldest();
        for (int i = 0; i < NEXT_IN_RING && next.isPresent(); i++) {
            Segment segment = next.get();
            if (!looks.containsKey(Compression.strip(segment.name()))) {
                note(segment);
            }
            next = index.after(segment.position());
        }
    }

    /** The length of a file when it was last looked at. */
    long lastSize(String identity) {
        Look last = looks.get(identity);
        return last == null ? SeriesListener.UNKNOWN_SIZE : last.state.size();
    }

    /**
     * Notes what is in a file now that was written anew, not how it begins: that may change yet.
     */
    void restarted(Segment segment, String identity) {
        finished.remove(identity);
        FileState.of(segment.path())
                .ifPresent(now -> looks.put(identity, new Look(now, FileHead.UNKNOWN)));
    }

    /** Whether enough is known of a file to find it written anew whatever its length is then. */
    boolean isBeginningKnown(String identity) {
        Look last = looks.get(identity);
        return last != null && last.head.isWhole();
    }

    /**
     * Notes a segment whose writer has closed it.
     *
     * @param read whether anybody has what it held before; if not, it does not count as written
     *     anew
     */
    void closed(Segment segment, String identity, boolean read) {
        if (read) {
            noteUnlessRestarted(segment);
        } else {
            note(segment);
        }
        finished.add(identity);
    }

    /**
     * Whether a file that was modified has been written anew.
     *
     * @param looking whether anybody reads on at the end of the series; if not, the newest file,
     *     which is modified all the time, is not looked at
     */
    boolean isRestarted(Segment segment, String identity, boolean looking) {
        boolean newest = index.after(segment.position()).isEmpty();
        boolean settled = !newest || finished.contains(identity);
        if (newest && !looking && !settled) {
            return false;
        }
        Optional<FileState> now = FileState.of(segment.path());
        if (now.isEmpty()) {
            return false;
        }
        Look before = looks.get(identity);
        if (before == null) {
            note(segment);
            return isFarFromEnd(segment);
        }
        boolean restarted = now.get().restartedSince(before.state);
        if (!restarted && !now.get().equals(before.state)) {
            FileHead head = FileHead.of(segment.path());
            restarted = !head.continues(before.head);
            if (!restarted) {
                looks.put(identity, new Look(now.get(), head.orBefore(before.head)));
            }
        }
        return restarted;
    }

    /**
     * Whether the time of modification of a file that was found with a certain time was set, and
     * did not just move on with what was written since it was last looked at.
     */
    boolean isTimeSet(Segment segment, String identity) {
        Look before = looks.get(identity);
        long known = before == null ? segment.position().rank() : before.state.modified();
        return FileState.of(segment.path())
                .filter(now -> now.modified() != known)
                .filter(
                        now ->
                                before == null
                                        || now.modified() < known
                                        || now.size() == before.state.size())
                .isPresent();
    }

    /** Whether the file at a segment's path is known to be the one that was there. */
    boolean isTheSame(Segment segment, String identity) {
        Look before = looks.get(identity);
        return before != null
                && FileState.of(segment.path())
                        .filter(now -> now.file().equals(before.state.file()))
                        .isPresent();
    }

    /** The files of which something is known, those written to last behind the others. */
    Collection<String> noted() {
        return looks.keySet().stream()
                .flatMap(identity -> index.find(identity).stream())
                .map(RestartDetector::written)
                .sorted(Comparator.comparingLong(Written::ns))
                .map(Written::name)
                .toList();
    }

    private record Written(String name, long ns) {}

    private static Written written(Segment segment) {
        long ns = FileState.of(segment.path()).map(FileState::modified).orElse(0L);
        return new Written(segment.name(), ns);
    }

    /** The names at both ends of the order, where a writer may be or may come next. */
    Collection<String> ends() {
        Set<String> names = new LinkedHashSet<>();
        index.newest().ifPresent(segment -> names.add(segment.name()));
        newestButOne().ifPresent(segment -> names.add(segment.name()));
        Optional<Segment> oldest = index.oldest();
        oldest.ifPresent(segment -> names.add(segment.name()));
        oldest.flatMap(segment -> index.after(segment.position()))
                .ifPresent(segment -> names.add(segment.name()));
        return List.copyOf(names);
    }

    private Optional<Segment> newestButOne() {
        return index.newest().flatMap(newest -> index.before(newest.position()));
    }

    private boolean isFarFromEnd(Segment segment) {
        return index.after(segment.position())
                .flatMap(next -> index.after(next.position()))
                .isPresent();
    }

    private boolean note(Segment segment) {
        Optional<Look> now = Look.at(segment);
        now.ifPresent(look -> looks.put(Compression.strip(segment.name()), look));
        return now.isPresent();
    }
}
