package org.fusedpcap.fs.series;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a file that was written anew from one that grew, by the state it had when last looked at.
 *
 * <p>Not every file is looked at: of a directory of 50,000 only those whose state can matter, which
 * are the newest one, and others once they change. The state of a segment is noted when the next
 * one supersedes it, since from then on it should not change; in series of up to {@value
 * #ALL_KNOWN} segments all are noted at the start. A file of unknown state that changes although
 * two others came after it is taken for written anew: that is what a ring does, and a writer's late
 * flush can only meet the one before the newest.
 *
 * <p>Used under the series' lock.
 */
final class RestartDetector {

    static final int ALL_KNOWN = 4096;

    private final SeriesIndex index;
    private final Map<String, FileState> states = new HashMap<>();

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
            lookAtNewest();
            newestButOne().ifPresent(this::note);
            return List.of();
        }
        return index.all().stream().filter(segment -> !note(segment)).toList();
    }

    /**
     * Notes the newest segment's state, before it stops being the newest or a reader waits on it.
     */
    void superseded() {
        lookAtNewest();
    }

    void lookAtNewest() {
        index.newest().ifPresent(this::note);
    }

    void appeared(String identity) {
        index.find(identity).ifPresent(this::note);
    }

    void removed(String identity) {
        states.remove(identity);
    }

    /**
     * Whether a file that was modified has been written anew.
     *
     * @param looking whether anybody reads on at the end of the series; if not, the newest file,
     *     which is modified all the time, is not looked at
     */
    boolean isRestarted(Segment segment, String identity, boolean looking) {
        boolean newest = index.after(segment.position()).isEmpty();
        if (newest && !looking) {
            return false;
        }
        Optional<FileState> now = FileState.of(segment.path());
        if (now.isEmpty()) {
            return false;
        }
        FileState before = states.put(identity, now.get());
        return before == null ? isFarFromEnd(segment) : now.get().restartedSince(before);
    }

    /** The files of known state. */
    Collection<String> sized() {
        return states.keySet().stream()
                .flatMap(identity -> index.find(identity).map(Segment::name).stream())
                .toList();
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
        Optional<FileState> state = FileState.of(segment.path());
        state.ifPresent(known -> states.put(Compression.strip(segment.name()), known));
        return state.isPresent();
    }
}
