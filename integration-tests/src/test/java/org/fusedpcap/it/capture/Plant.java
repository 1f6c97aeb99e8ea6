package org.fusedpcap.it.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.fusedpcap.testkit.traffic.Marker;

/**
 * A fault put on purpose into what a reader gets, to see that the case then fails. {@code ./verify
 * -Dplant=dropped} has every case get one. Where the captures are made before they are read, it is
 * in what is mounted, so that it goes the whole way; where programs capture, it is put into what
 * the reader wrote.
 */
public enum Plant {
    /** All is as it should be. */
    NONE,
    /** A packet is missing. */
    DROPPED,
    /** A packet is there twice. */
    DOUBLED,
    /** Two packets of a conversation have changed places. */
    SWAPPED,
    /** A packet is with another member than the rest of its conversation. */
    SPLIT;

    /** Which one is asked for. */
    public static Plant current() {
        return valueOf(System.getProperty("fusedpcap.plant", "none").toUpperCase(Locale.ROOT));
    }

    /** Puts it into a capture file; a split needs several. */
    public void into(Path capture) {
        if (this == NONE || this == SPLIT) {
            return;
        }
        try {
            PcapFile file = PcapFile.read(capture);
            into(file);
            file.write(capture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void into(PcapFile file) {
        int victim = victim(file);
        switch (this) {
            case DROPPED -> file.records().remove(victim);
            case DOUBLED -> file.records().add(victim, file.records().get(victim));
            case SWAPPED -> {
                int other = next(file, victim).orElseThrow();
                byte[] record = file.records().get(victim);
                file.records().set(victim, file.records().get(other));
                file.records().set(other, record);
            }
            case NONE, SPLIT -> {}
        }
    }

    /** Puts a split into what members of a cluster got; other faults are in the source already. */
    public void among(List<Path> members) {
        if (this != SPLIT) {
            return;
        }
        try {
            PcapFile from = PcapFile.read(members.get(0));
            PcapFile to = PcapFile.read(members.get(1));
            int victim = victim(from);
            long sequence = from.marker(victim).orElseThrow().sequence();
            to.records().add(placeOf(sequence, to), from.records().remove(victim));
            from.write(members.get(0));
            to.write(members.get(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Somewhere behind the middle, the last but one of its conversation, and the last one goes the
     * same way: who looks at conversations only sees when they end.
     */
    private static int victim(PcapFile file) {
        return IntStream.range(file.records().size() / 2, file.records().size())
                .filter(index -> isLastButOne(file, index))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isLastButOne(PcapFile file, int index) {
        OptionalInt last = next(file, index);
        return last.isPresent()
                && next(file, last.getAsInt()).isEmpty()
                && file.marker(index).orElseThrow().reply()
                        == file.marker(last.getAsInt()).orElseThrow().reply();
    }

    private static OptionalInt next(PcapFile file, int index) {
        return file.marker(index)
                .map(
                        marker ->
                                IntStream.range(index + 1, file.records().size())
                                        .filter(other -> isSame(marker, file, other))
                                        .findFirst())
                .orElse(OptionalInt.empty());
    }

    private static boolean isSame(Marker marker, PcapFile file, int other) {
        return file.marker(other)
                .filter(found -> found.conversation() == marker.conversation())
                .isPresent();
    }

    private static int placeOf(long sequence, PcapFile file) {
        return (int)
                IntStream.range(0, file.records().size())
                        .takeWhile(
                                index ->
                                        file.marker(index)
                                                .filter(marker -> marker.sequence() > sequence)
                                                .isEmpty())
                        .count();
    }
}
