package org.fusedpcap.fs.series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * By dumpcap's names, {@code x_00001_20261122101112.pcapng}. The count goes back to 00000 after
 * 99999 and to 00001 when dumpcap is started anew; the local time goes back by an hour in autumn.
 * So neither can be trusted alone.
 *
 * <p>Names are strung, in the order of their times, into runs of successive counts. Runs follow one
 * another by time, except that a run which continues the count of another comes right behind it if
 * it seems to begin within an hour and a bit before the other's end: that is the hour that autumn
 * repeats.
 */
final class DumpcapRanking implements Ranking {

    // A rank is the number of the run, then the count within it, which may go on beyond the wrap.
    private static final int RUN_SHIFT = 32;

    private record Marked(Candidate name, DumpcapMark mark) {}

    private static final class Run {
        final List<Marked> names = new ArrayList<>();

        DumpcapMark head() {
            return names.get(0).mark;
        }

        DumpcapMark tail() {
            return names.get(names.size() - 1).mark;
        }
    }

    @Override
    public void arrange(List<Candidate> found, BiConsumer<Candidate, Position> place) {
        long number = 0;
        for (Run run : inOrder(strung(found))) {
            long rank = number++ << RUN_SHIFT | run.head().count();
            for (Marked marked : run.names) {
                place.accept(marked.name, new Position(0, rank++, marked.name.key().text(), 0));
            }
        }
    }

    private static List<Run> strung(List<Candidate> found) {
        List<Marked> byTime =
                found.stream()
                        .map(name -> new Marked(name, DumpcapMark.of(name.key().text())))
                        .sorted(
                                Comparator.comparingLong((Marked marked) -> marked.mark.time())
                                        .thenComparing(
                                                marked -> marked.name.key().text(),
                                                NaturalOrder.INSTANCE))
                        .toList();
        List<Run> runs = new ArrayList<>();
        Map<Long, Run> byNext = new HashMap<>();
        for (Marked marked : byTime) {
            Run run = byNext.remove(marked.mark.count() % DumpcapMark.COUNTS);
            if (run == null || !marked.mark.follows(run.tail())) {
                run = new Run();
                runs.add(run);
            }
            run.names.add(marked);
            byNext.put((marked.mark.count() + 1) % DumpcapMark.COUNTS, run);
        }
        return runs;
    }

    private static List<Run> inOrder(List<Run> byHead) {
        Map<Long, List<Run>> byTail = new HashMap<>();
        for (Run run : byHead) {
            long next = (run.tail().count() + 1) % DumpcapMark.COUNTS;
            byTail.computeIfAbsent(next, key -> new ArrayList<>()).add(run);
        }
        Map<Run, Run> continued = new HashMap<>();
        for (Run run : byHead) {
            List<Run> before = byTail.get(run.head().count() % DumpcapMark.COUNTS);
            if (before != null) {
                before.stream()
                        .filter(one -> one != run && run.head().isInHourBefore(one.tail()))
                        .findFirst()
                        .ifPresent(one -> continued.put(one, run));
            }
        }
        return chained(byHead, continued);
    }

    /** The runs by their heads, each with those that continue it right behind it. */
    private static List<Run> chained(List<Run> byHead, Map<Run, Run> continued) {
        Set<Run> behindOthers = new HashSet<>(continued.values());
        Set<Run> placed = new HashSet<>();
        List<Run> ordered = new ArrayList<>();
        for (Run run : byHead) {
            if (!behindOthers.contains(run)) {
                for (Run one = run; one != null && placed.add(one); one = continued.get(one)) {
                    ordered.add(one);
                }
            }
        }
        // Runs that continue one another in a circle have no beginning; their times order them.
        byHead.stream().filter(placed::add).forEach(ordered::add);
        return ordered;
    }

    @Override
    public long rank(Candidate appeared, Optional<Position> newest) {
        DumpcapMark mark = DumpcapMark.of(appeared.key().text());
        if (newest.isEmpty()) {
            return mark.count();
        }
        long rank = newest.get().rank();
        DumpcapMark last = DumpcapMark.of(newest.get().key());
        if (mark.follows(last)) {
            return rank + 1;
        }
        if (mark.time() < last.time()) {
            // An older file put back: near the place that its count had.
            return Math.max(
                    0, rank - Math.floorMod(last.count() - mark.count(), DumpcapMark.COUNTS));
        }
        if (mark.count() > last.count()) {
            return rank + mark.count() - last.count();
        }
        return (rank >> RUN_SHIFT) + 1 << RUN_SHIFT | mark.count();
    }
}
