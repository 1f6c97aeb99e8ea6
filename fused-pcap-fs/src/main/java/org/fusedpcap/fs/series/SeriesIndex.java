package org.fusedpcap.fs.series;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The segments of a series in order, and by name.
 *
 * <p>One thread at a time writes, under the series' lock; any number of threads read without one. A
 * segment that changes its place is put into the new one before it is taken out of the old, so a
 * reader that walks past may see it in both, but never in neither. What stands at a place is
 * replaced in one step.
 */
final class SeriesIndex {

    private static final int DEPARTED_KEPT = 4096;

    private final ConcurrentNavigableMap<Position, Segment> order = new ConcurrentSkipListMap<>();
    private final Map<String, Segment> byIdentity = new ConcurrentHashMap<>();

    /** Names that were there and may come again; guarded by the series' lock. */
    private final Map<String, Boolean> departed =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > DEPARTED_KEPT;
                }
            };

    /** The last place ever given, by a segment that may be gone; guarded by the series' lock. */
    private Optional<Position> last = Optional.empty();

    private int restarts;

    Optional<Segment> find(String identity) {
        return Optional.ofNullable(byIdentity.get(identity));
    }

    Optional<Segment> newest() {
        return value(order.lastEntry());
    }

    Optional<Segment> oldest() {
        return value(order.firstEntry());
    }

    Optional<Segment> after(Position position) {
        return value(order.higherEntry(position));
    }

    Optional<Segment> before(Position position) {
        return value(order.lowerEntry(position));
    }

    Collection<Segment> between(Position from, Position to) {
        return order.subMap(from, true, to, true).values();
    }

    Collection<Segment> behind(Position position) {
        return order.tailMap(position, false).values();
    }

    Collection<Segment> all() {
        return order.values();
    }

    Collection<String> identities() {
        return byIdentity.keySet();
    }

    int size() {
        return byIdentity.size();
    }

    Optional<Position> last() {
        return last;
    }

    void put(String identity, Segment segment) {
        // First by name: who sees a segment in the order asks, without a lock, whether it is the
        // current one.
        byIdentity.put(identity, segment);
        order.put(segment.position(), segment);
        if (last.isEmpty() || segment.position().compareTo(last.get()) > 0) {
            last = Optional.of(segment.position());
        }
    }

    /** Puts a segment in the place of another, or into another place. */
    void replace(String identity, Segment old, Segment fresh) {
        put(identity, fresh);
        if (old.position().compareTo(fresh.position()) != 0) {
            order.remove(old.position());
        }
    }

    void remove(String identity, Segment segment) {
        order.remove(segment.position());
        byIdentity.remove(identity);
        departed.put(identity, Boolean.TRUE);
    }

    /** Forgets which names were there and which place was last, if none is left. */
    void forgetIfEmpty() {
        if (order.isEmpty()) {
            departed.clear();
            last = Optional.empty();
        }
    }

    /**
     * A place for a name that has appeared: the one its rank and name give it; the end, if the name
     * was there before.
     */
    Position place(String identity, long rank, String key, boolean ranksDecide) {
        Position natural = inLastLap(rank, key);
        boolean again = departed.remove(identity) != null;
        return again || order.isEmpty() ? end(natural, ranksDecide) : natural;
    }

    /** Whether a name was there and is gone, as far as is remembered. */
    boolean isDeparted(String identity) {
        return departed.containsKey(identity);
    }

    /** The place that a name would have had which is gone already. */
    Position placeDeparted(String identity, long rank, String key) {
        departed.put(identity, Boolean.TRUE);
        return inLastLap(rank, key);
    }

    /** A place behind all others for a segment that is written anew. */
    Position end(long rank, String key, boolean ranksDecide) {
        return end(inLastLap(rank, key), ranksDecide);
    }

    private Position inLastLap(long rank, String key) {
        return new Position(last.map(Position::lap).orElse(0), rank, key, 0);
    }

    private Position end(Position natural, boolean ranksDecide) {
        if (ranksDecide) {
            restarts++;
            return new Position(natural.lap(), natural.rank(), natural.key(), restarts);
        }
        if (last.isEmpty() || natural.compareTo(last.get()) > 0) {
            return natural;
        }
        Position newest = last.get();
        boolean same = newest.rank() == natural.rank() && newest.key().equals(natural.key());
        return same ? newest.again() : natural.nextLap();
    }

    private static Optional<Segment> value(Map.Entry<Position, Segment> entry) {
        return entry == null ? Optional.empty() : Optional.of(entry.getValue());
    }
}
