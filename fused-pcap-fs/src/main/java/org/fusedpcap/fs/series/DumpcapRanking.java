package org.fusedpcap.fs.series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By dumpcap's names, {@code x_00001_20261122101112.pcapng}. The count goes back to 00000 after
 * 99999 and to 00001 when dumpcap is started anew; the local time goes back by an hour in autumn.
 * So neither can be trusted alone.
 *
 * <p>Names are strung, in the order of their times, into runs of successive counts. Runs follow one
 * another by time, except that a run which continues the count of another comes right behind it if
 * their times are within an hour and a bit: that is the hour that autumn repeats.
 */
final class DumpcapRanking implements Ranking {

    private static final Pattern NAME =
            Pattern.compile(".*_(\\d{5,6})_(\\d{14})\\D.*|.*_(\\d{5,6})_(\\d{14})");
    private static final long COUNTS = 100_000;
    private static final int RUN_SHIFT = 32;
    // Times are yyyymmddHHMMSS read as a number, in which an hour is 10000.
    private static final long HOUR = 1_00_00;
    private static final long SLACK = 5_00;

    private record Mark(long count, long time) {

        static Mark of(String name) {
            Matcher matcher = NAME.matcher(name);
            if (!matcher.matches()) {
                return new Mark(0, 0);
            }
            int group = matcher.group(1) != null ? 1 : 3;
            return new Mark(
                    Long.parseLong(matcher.group(group)), Long.parseLong(matcher.group(group + 1)));
        }

        boolean follows(Mark before) {
            return count == before.count + 1 || count == (before.count + 1) % COUNTS;
        }
    }

    private static final class Run {
        final List<Candidate> names = new ArrayList<>();
        final Mark head;
        Mark tail;

        Run(Mark head) {
            this.head = head;
        }

        void add(Candidate name, Mark mark) {
            names.add(name);
            tail = mark;
        }
    }

    @Override
    public void arrange(List<Candidate> found, BiConsumer<Candidate, Position> place) {
        long number = 0;
        for (Run run : inOrder(strung(found))) {
            long rank = number++ << RUN_SHIFT | run.head.count;
            for (Candidate name : run.names) {
                place.accept(name, new Position(0, rank++, name.key(), 0));
            }
        }
    }

    private static List<Run> strung(List<Candidate> found) {
        List<Candidate> byTime =
                found.stream()
                        .sorted(
                                Comparator.comparingLong((Candidate c) -> Mark.of(c.key()).time)
                                        .thenComparing(Candidate::key, NaturalOrder.INSTANCE))
                        .toList();
        List<Run> runs = new ArrayList<>();
        Map<Long, Run> byNext = new HashMap<>();
        for (Candidate name : byTime) {
            Mark mark = Mark.of(name.key());
            Run run = byNext.remove(mark.count);
            if (run == null || !mark.follows(run.tail)) {
                run = new Run(mark);
                runs.add(run);
            }
            run.add(name, mark);
            byNext.put((mark.count + 1) % COUNTS, run);
        }
        return runs;
    }

    private static List<Run> inOrder(List<Run> byHead) {
        List<Run> ordered = new ArrayList<>(byHead);
        for (Run run : byHead) {
            for (Run before : byHead) {
                boolean repeatedHour =
                        run.head.time <= before.tail.time
                                && before.tail.time - run.head.time <= HOUR + SLACK;
                if (run != before && run.head.follows(before.tail) && repeatedHour) {
                    ordered.remove(run);
                    ordered.add(ordered.indexOf(before) + 1, run);
                }
            }
        }
        return ordered;
    }

    @Override
    public long rank(Candidate appeared, Optional<Position> newest) {
        Mark mark = Mark.of(appeared.key());
        if (newest.isEmpty()) {
            return mark.count;
        }
        long rank = newest.get().rank();
        Mark last = Mark.of(newest.get().key());
        if (mark.follows(last)) {
            return rank + 1;
        }
        if (mark.time < last.time) {
            // An older file put back: near the place that its count had.
            return Math.max(0, rank - Math.floorMod(last.count - mark.count, COUNTS));
        }
        if (mark.count > last.count) {
            return rank + mark.count - last.count;
        }
        return (rank >> RUN_SHIFT) + 1 << RUN_SHIFT | mark.count;
    }
}
