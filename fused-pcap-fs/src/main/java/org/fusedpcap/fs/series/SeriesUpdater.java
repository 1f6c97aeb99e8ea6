package org.fusedpcap.fs.series;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index of one series true to its directory, from the changes that are told.
 *
 * <p><b>Protocol.</b> The directory is watched first and listed afterwards, so nothing is missed;
 * changes told while the listing is made are kept in {@code pending} and applied behind it. A
 * change may so be applied that the listing showed already, or be told twice by two sources. Every
 * step therefore looks at what is there before it acts: a file that appears is added only if it is
 * there and not yet known, one that a listing does not show is removed only if it really is gone.
 * Where that cannot be told ({@link Presence#UNKNOWN}) nothing is done, and another listing is
 * asked for.
 *
 * <p>Lock order: this object's monitor is the only lock; it is held while listeners are told, while
 * single files are asked for their state, and never while a directory is listed.
 */
final class SeriesUpdater {

    private static final Logger LOG = LoggerFactory.getLogger(SeriesUpdater.class);

    private final Path directory;
    private final String start;
    private final Members members;
    private final SeriesIndex index;
    private final RestartDetector restarts;
    private final SeriesListeners listeners = new SeriesListeners();
    private final SegmentPlaces places;

    // All below: guarded by this.
    private final Variants variants = new Variants();
    private final SeenEarly early = new SeenEarly();
    private Optional<List<FileChange>> pending = Optional.of(new ArrayList<>());
    private boolean listAgain;

    /** Whether something could not be told of a file since the latest listing. */
    private boolean unsure;

    SeriesUpdater(
            Path directory,
            String start,
            Members members,
            SegmentPlaces.RankingFactory rankings,
            SeriesIndex index) {
        this.directory = directory;
        this.start = start;
        this.members = members;
        this.index = index;
        this.restarts = new RestartDetector(index);
        this.places = new SegmentPlaces(directory, members, rankings, index, listeners);
    }

    /**
     * Fills the index from the first listing, then applies what was told meanwhile.
     *
     * @return whether another listing is needed, for {@link #relist}
     */
    synchronized boolean begin(Collection<String> names) {
        members.decide(start, names);
        places.decided();
        List<Ranking.Candidate> found = new ArrayList<>();
        for (String name : names) {
            String identity = Compression.strip(name);
            Optional<Ranking.Candidate> candidate = places.candidate(name, identity);
            if (candidate.isPresent() && variants.add(identity, name)) {
                found.add(candidate.get());
            }
        }
        found.removeIf(candidate -> !variants.isPreferred(candidate.identity(), candidate.name()));
        places.arrange(found);
        for (Segment segment : restarts.begin()) {
            if (isSurelyAbsent(segment.path())) {
                leaveOut(segment.path());
                removed(segment.name(), Compression.strip(segment.name()));
            }
        }
        List<FileChange> missed = pending.orElseThrow();
        pending = Optional.empty();
        apply(missed);
        return listAgain || unsure;
    }

    /**
     * Applies changes, or keeps them while the first listing is being made.
     *
     * @return whether that could be done; if not, another listing is needed
     */
    synchronized boolean changed(List<FileChange> batch) {
        if (pending.isPresent()) {
            pending.get().addAll(batch);
        } else {
            apply(batch);
        }
        return !unsure;
    }

    /**
     * Brings the index up to a new listing of the directory, after changes were lost.
     *
     * @return whether that could be done; if not, another listing is needed
     */
    synchronized boolean relist(Collection<String> names) {
        if (pending.isPresent()) {
            listAgain = true;
            return true;
        }
        unsure = false;
        Set<String> there = new HashSet<>();
        List<String> added = new ArrayList<>();
        for (String name : names) {
            String identity = Compression.strip(name);
            if (members.contains(name, identity)) {
                there.add(identity);
            }
            if (!variants.isKnown(identity, name)) {
                added.add(name);
            }
        }
        for (String identity : List.copyOf(index.identities())) {
            if (!there.contains(identity)) {
                index.find(identity).ifPresent(gone -> removedIfGone(gone.name(), identity));
            }
        }
        added.sort(NaturalOrder.INSTANCE);
        added.forEach(name -> apply(new FileChange(name, FileChange.Kind.CREATED)));
        restarts.noted().forEach(name -> modified(name, Compression.strip(name)));
        return !unsure;
    }

    /**
     * Another directory is in place of the one that the segments were found in, or none: they are
     * gone, but for files that are in both. A listing is to follow.
     */
    synchronized void replaced() {
        if (pending.isPresent()) {
            return;
        }
        // All of them first: the removal of one looks at others.
        List<Segment> others = index.all().stream().filter(this::isReplaced).toList();
        for (Segment segment : others) {
            String identity = Compression.strip(segment.name());
            for (String name : Compression.variants(identity)) {
                if (variants.isKnown(identity, name)) {
                    removed(name, identity);
                }
            }
        }
    }

    private boolean isReplaced(Segment segment) {
        return presence(segment.path()) != Presence.UNKNOWN
                && !restarts.isTheSame(segment, Compression.strip(segment.name()));
    }

    /** Adds a file that is there but has not been told yet. */
    synchronized void lookAt(String name) {
        if (pending.isEmpty()) {
            apply(new FileChange(name, FileChange.Kind.CREATED));
        }
    }

    /** Told by a reader that has seen so in the file itself. */
    synchronized void writtenAnew(Segment segment) {
        String identity = Compression.strip(segment.name());
        if (index.find(identity).filter(now -> now == segment.settled()).isPresent()) {
            restart(segment.settled(), identity);
        }
    }

    /** The length of a segment's file when it was last looked at. */
    synchronized long lastSize(Segment segment) {
        String identity = Compression.strip(segment.name());
        return index.find(identity).filter(now -> now == segment.settled()).isPresent()
                ? restarts.lastSize(identity)
                : SeriesListener.UNKNOWN_SIZE;
    }

    synchronized void subscribe(SeriesListener listener) {
        if (listeners.isEmpty()) {
            index.forgetIfEmpty();
        }
        listeners.add(listener);
        noteNewest();
    }

    /** Without the lock, which is held while a file is asked for that may never answer. */
    void unsubscribe(SeriesListener listener) {
        listeners.remove(listener);
    }

    /** Names worth a look by a source that must look: both ends of the order, if anyone listens. */
    synchronized Collection<String> hotNames() {
        return listeners.isEmpty() ? List.of() : restarts.ends();
    }

    /** Whether this is the series that {@code name} would begin; not before it is filled. */
    synchronized boolean isReadAs(String name) {
        return pending.isEmpty() && members.isReadAs(name, Compression.strip(name));
    }

    /** Any thread, without the lock: size of a file when it was last looked at; 0: never. */
    long knownSize(String name) {
        return restarts.knownSize(Compression.strip(name));
    }

    synchronized String description() {
        return members.pattern().id();
    }

    private void apply(List<FileChange> batch) {
        early.begin();
        BitSet counting = LastWritings.of(batch);
        for (int i = 0; i < batch.size(); i++) {
            early.told(batch.get(i));
            if (counting.get(i)) {
                apply(batch.get(i));
            }
        }
    }

    private void apply(FileChange change) {
        String name = change.name();
        members.appeared(start, name);
        String identity = Compression.strip(name);
        if (!members.contains(name, identity)) {
            return;
        }
        switch (change.kind()) {
            case CREATED -> appeared(name, identity);
            case MOVED_IN -> movedIn(name, identity);
            case REMOVED -> removed(name, identity);
            case MODIFIED -> {
                modified(name, identity);
                placeLastIfWrittenAgain(identity);
            }
            case TOUCHED -> touched(name, identity);
            case CLOSED -> closed(name, identity);
        }
    }

    private void appeared(String name, String identity) {
        Path path = directory.resolve(name);
        if (variants.isKnown(identity, name)) {
            return;
        }
        Presence presence = presence(path);
        if (presence != Presence.THERE) {
            if (presence == Presence.ABSENT) {
                leaveOut(path);
            }
            return;
        }
        if (listeners.isEmpty()) {
            index.forgetIfEmpty();
        }
        boolean preferred = variants.add(identity, name);
        Optional<Segment> known = index.find(identity);
        if (known.isPresent()) {
            if (preferred) {
                holdBy(name, identity, known.get());
            }
            return;
        }
        noteNewest();
        places.appeared(name, identity);
        restarts.appeared(identity);
        listeners.tell(index.find(identity), Change.APPEARED);
    }

    private static void leaveOut(Path path) {
        if (UnreadableNames.isUnreadable(path.getParent(), path.getFileName().toString())) {
            LOG.warn("{} is left out: its name is not UTF-8", path);
        } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            LOG.warn("{} is left out: it is no regular file", path);
        }
    }

    private void movedIn(String name, String identity) {
        if (variants.isKnown(identity, name)) {
            modified(name, identity);
        } else {
            appeared(name, identity);
        }
    }

    private void removed(String name, String identity) {
        if (!variants.remove(identity, name)) {
            goneUnseen(name, identity);
            return;
        }
        Optional<Segment> known = index.find(identity);
        Optional<String> other = variants.preferred(identity);
        if (known.isEmpty()) {
            return;
        }
        if (other.isPresent()) {
            if (!known.get().name().equals(other.get())) {
                holdBy(other.get(), identity, known.get());
            }
            return;
        }
        index.remove(identity, known.get());
        places.removed(identity);
        listeners.tellLost(known.get(), restarts.lastSize(identity));
        restarts.removed(identity);
        listeners.tell(known, Change.REMOVED);
        if (listeners.isEmpty()) {
            index.forgetIfEmpty();
        }
    }

    /** A file has come and gone before it was looked at: a segment that no reader had. */
    private void goneUnseen(String name, String identity) {
        if (index.find(identity).isPresent() || index.isDeparted(identity)) {
            return;
        }
        listeners.tellCameAndWent(places.departed(name, identity));
    }

    private void removedIfGone(String name, String identity) {
        if (isSurelyAbsent(directory.resolve(name))) {
            removed(name, identity);
        }
    }

    private boolean isSurelyAbsent(Path path) {
        return presence(path) == Presence.ABSENT;
    }

    private Presence presence(Path path) {
        Presence presence = Presence.of(path);
        unsure |= presence == Presence.UNKNOWN;
        return presence;
    }

    private void modified(String name, String identity) {
        Optional<Segment> found = index.find(identity).filter(held -> held.name().equals(name));
        if (found.isEmpty()) {
            appeared(name, identity);
            return;
        }
        Segment segment = found.get();
        lookingAt(identity);
        if (restarts.isRestarted(segment, identity, !listeners.isEmpty())) {
            restart(segment, identity);
        } else {
            if (places.isUnranked(identity)) {
                places.rankAgain(segment, identity);
            }
            listeners.tell(index.find(identity), Change.GREW);
        }
    }

    private void touched(String name, String identity) {
        Optional<Segment> segment = index.find(identity).filter(held -> held.name().equals(name));
        // What is written moves the time on, too, but not the segment: only setting the time does.
        if (places.areByTime()
                && segment.filter(one -> restarts.isTimeSet(one, identity)).isPresent()) {
            places.rankAgain(segment.get(), identity);
        }
    }

    private void closed(String name, String identity) {
        Optional<Segment> segment = index.find(identity).filter(held -> held.name().equals(name));
        if (segment.isEmpty()) {
            return;
        }
        modified(name, identity);
        index.find(identity).ifPresent(now -> restarts.closed(now, identity, !listeners.isEmpty()));
        early.closed(identity);
        listeners.tell(index.find(identity), Change.CLOSED);
    }

    private void restart(Segment old, String identity) {
        noteNewest();
        long lost = restarts.lastSize(identity);
        restarts.restarted(old, identity);
        early.placedLast(identity);
        Segment fresh = places.restarted(old, identity);
        listeners.tellLost(old, lost);
        listeners.tell(Optional.of(fresh), Change.RESTARTED);
    }

    private void noteNewest() {
        index.newest().ifPresent(newest -> lookingAt(Compression.strip(newest.name())));
        restarts.noteNewest();
    }

    private void lookingAt(String identity) {
        if (!restarts.isBeginningKnown(identity)) {
            early.lookedAt(identity);
        }
    }

    private void placeLastIfWrittenAgain(String identity) {
        if (early.isWrittenAgain(identity) && !places.areByRankAlone()) {
            index.find(identity).ifPresent(segment -> placeLast(segment, identity));
        }
    }

    private void placeLast(Segment segment, String identity) {
        early.placedLast(identity);
        if (index.after(segment.position()).isPresent()) {
            places.placeLast(segment, identity);
        }
    }

    /** The same segment is in another file from now on: it was compressed, or unpacked. */
    private void holdBy(String name, String identity, Segment segment) {
        places.move(segment, new Segment(directory, name, segment.position()), identity);
        restarts.removed(identity);
    }
}
