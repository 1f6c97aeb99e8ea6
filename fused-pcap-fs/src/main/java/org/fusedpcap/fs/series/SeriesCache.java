package org.fusedpcap.fs.series;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fusedpcap.fs.options.SegmentOrder;

/**
 * The series of one directory that somebody uses, and the last few that were used. Thread-safe; its
 * monitor is held for look-ups only.
 */
final class SeriesCache {

    private static final int RECENT_KEPT = 4;

    private final Path directory;
    private final PacketTimes packets;
    private final CatchUp catchUp;

    // Guarded by this.
    private final List<Entry> entries = new ArrayList<>();
    private final Deque<Series> recent = new ArrayDeque<>();

    private record Entry(SeriesSpec spec, WeakReference<Series> series) {}

    SeriesCache(Path directory, PacketTimes packets, CatchUp catchUp) {
        this.directory = directory;
        this.packets = packets;
        this.catchUp = catchUp;
    }

    /** The series that is in use and is the one that {@code start} would begin. */
    synchronized Optional<Series> find(String start, SeriesSpec spec) {
        for (Entry entry : entries) {
            Series series = entry.series().get();
            if (series != null && entry.spec().equals(spec) && series.updater().isReadAs(start)) {
                keep(series);
                return Optional.of(series);
            }
        }
        return Optional.empty();
    }

    /** Fills a series for the first time. */
    interface Filling {
        void fill(SeriesUpdater updater) throws IOException;
    }

    /**
     * A new series. It is told changes before it is filled.
     *
     * @throws IOException if it could not be filled
     */
    Series add(String start, SeriesSpec spec, Filling filling) throws IOException {
        Series fresh = add(start, spec);
        boolean filled = false;
        try {
            filling.fill(fresh.updater());
            filled = true;
            return fresh;
        } finally {
            if (!filled) {
                // It would keep all changes from now on for a listing that does not come.
                remove(fresh);
            }
        }
    }

    private synchronized void remove(Series series) {
        entries.removeIf(entry -> entry.series().refersTo(series));
        recent.remove(series);
    }

    private synchronized Series add(String start, SeriesSpec spec) {
        SeriesIndex index = new SeriesIndex();
        SeriesUpdater updater =
                new SeriesUpdater(
                        directory,
                        start,
                        Members.of(start, spec),
                        pattern -> ranking(pattern, spec.order()),
                        index);
        Series series = new Series(directory, index, updater, catchUp);
        entries.add(new Entry(spec, new WeakReference<>(series)));
        keep(series);
        return series;
    }

    /** All series that are in use or kept. */
    synchronized List<Series> live() {
        entries.removeIf(entry -> entry.series().get() == null);
        return entries.stream()
                .map(entry -> entry.series().get())
                .filter(Objects::nonNull)
                .toList();
    }

    private void keep(Series series) {
        recent.remove(series);
        recent.addLast(series);
        if (recent.size() > RECENT_KEPT) {
            recent.removeFirst();
        }
    }

    private Ranking ranking(NamePattern pattern, SegmentOrder order) {
        return switch (order) {
            case MTIME -> new MtimeRanking();
            case PACKET -> new PacketRanking(packets);
            case NAME ->
                    switch (pattern.numbering()) {
                        case COUNT -> new NameRanking(Optional.of(new RingRotation(packets)));
                        case TIME -> new NameRanking(Optional.empty());
                        case COUNT_AND_TIME -> new DumpcapRanking();
                    };
        };
    }
}
