package org.fusedpcap.testkit.traffic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Fragmented datagrams on their way, other frames in between. For one thread. */
final class Fragments {

    private static final int SLOTS = 256;
    private static final int LONGEST_GAP = 8;

    private final Map<Key, List<Fragment>> built = new HashMap<>();
    private final Slot[] slots = new Slot[SLOTS];
    private int identification;

    private record Key(int conversation, boolean reply, int variant) {}

    private record Slot(Datagram datagram, int index) {}

    /** Whether a fragment has been promised this place in the stream. */
    boolean isDue(long sequence) {
        return slots[slot(sequence)] != null;
    }

    /** Writes the fragment whose place this is. */
    int next(long sequence, byte[] out, int offset) {
        Slot slot = slots[slot(sequence)];
        slots[slot(sequence)] = null;
        return slot.datagram().write(slot.index(), out, offset);
    }

    private static int slot(long sequence) {
        return (int) sequence & SLOTS - 1;
    }

    /**
     * Sends a datagram; its first frame is due at once.
     *
     * @param talk a conversation over UDP
     * @param sequence number of the next frame in the stream
     */
    void send(Talk talk, Random random, long sequence) {
        boolean reply = random.nextBoolean();
        int variant = random.nextInt(FragmentBuilder.VARIANTS);
        List<Fragment> fragments =
                built.computeIfAbsent(
                        new Key(talk.conversation().id(), reply, variant),
                        key -> FragmentBuilder.fragments(talk.conversation(), reply, variant));
        int[] order = order(fragments.size(), random);
        long[] places = places(order, random, sequence);
        List<Marker> markers = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            markers.add(talk.marker(fragments.get(i).kind(), reply, places[i]));
        }
        identification = identification + 1 & 0xffff;
        Datagram datagram = new Datagram(fragments, markers, identification);
        for (int i = 0; i < order.length; i++) {
            slots[slot(places[i])] = new Slot(datagram, i);
        }
    }

    /** In order, backwards, last one first, or any way. */
    private static int[] order(int count, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> Collections.reverse(order);
            case 2 -> Collections.rotate(order, 1);
            default -> Collections.shuffle(order, random);
        }
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The place of each fragment, when they are sent in {@code order}. */
    private long[] places(int[] order, Random random, long sequence) {
        long[] places = new long[order.length];
        long place = sequence;
        for (int index : order) {
            while (isDue(place)) {
                place++;
            }
            places[index] = place;
            place += 1 + (random.nextBoolean() ? 0 : random.nextInt(LONGEST_GAP));
        }
        return places;
    }
}
