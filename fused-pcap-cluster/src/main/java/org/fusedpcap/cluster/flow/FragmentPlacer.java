package org.fusedpcap.cluster.flow;

/**
 * Sends the fragments of a datagram where its first one goes, although only that one has the ports.
 *
 * <p>A later fragment is looked up in the table. If its datagram is not there, the records that
 * have been read already but stand further on in the stream are searched for the first fragment, by
 * way of {@link LookAhead}. If it is not among them, a guess has to do, at once: nothing waits and
 * nothing is dropped. The guess is where the last fragmented datagram between the same two hosts
 * with the same protocol went, since hosts that send fragments mostly do so in one conversation for
 * long; or else the hash of the hosts and the protocol. It is remembered, so the datagram's
 * fragments stay together until the first one comes.
 *
 * <p>Used by one thread at a time. The tables are allocated with the first fragment: most streams
 * have none.
 */
final class FragmentPlacer {

    private static final int GUESSES = 1024;

    private final FlowClassifier classifier;
    private final LookAhead lookAhead;
    private final FlowCounters counters;
    private FragmentTable table;
    private final long[] guessPairs = new long[GUESSES];
    private final long[] guessHashes = new long[GUESSES];

    FragmentPlacer(FlowClassifier classifier, LookAhead lookAhead, FlowCounters counters) {
        this.classifier = classifier;
        this.lookAhead = lookAhead;
        this.counters = counters;
    }

    private FragmentTable table() {
        if (table == null) {
            table = new FragmentTable(counters);
        }
        return table;
    }

    /** Notes where a frame goes that is the first fragment of some datagrams. */
    void placeFirsts(FragmentTrail trail, long hash, int now) {
        for (int i = 0; i < trail.firstCount(); i++) {
            table().placeFirst(trail.firstTag(i), hash, trail.firstLength(i), now);
            int guess = guessOf(trail.firstPair(i));
            guessPairs[guess] = trail.firstPair(i);
            guessHashes[guess] = hash;
        }
    }

    /** Notes where a frame further on in the stream will go. */
    void learnFirsts(FragmentTrail trail, long hash, int now) {
        for (int i = 0; i < trail.firstCount(); i++) {
            table().learnFirst(trail.firstTag(i), hash, now);
        }
    }

    /** The hash of a fragment other than the first. */
    long placeLater(FragmentTrail trail, int now) {
        int slot = settle(trail.laterTag(), now);
        if (slot == FragmentTable.NO_SLOT || !table.hasCurrent(slot)) {
            slot = table.placeGuess(trail.laterTag(), guess(trail.laterPair()), now);
        }
        if (!table.isCurrentKnown(slot)) {
            counters.guessedFragment();
        }
        table.add(slot, trail.laterLength(), trail.laterTotal(), now);
        return table.current(slot);
    }

    private int settle(long tag, int now) {
        int slot = table().find(tag, now);
        while (!(slot != FragmentTable.NO_SLOT && table.settle(slot))
                && lookAhead.learnMore(classifier)) {
            slot = table.find(tag, now);
        }
        return slot;
    }

    /** The hash of a fragment other than the first that an ICMP error quotes. */
    long findQuoted(FragmentTrail trail, int now) {
        int slot = table().find(trail.laterTag(), now);
        while (!isKnown(slot) && lookAhead.learnMore(classifier)) {
            slot = table.find(trail.laterTag(), now);
        }
        if (isKnown(slot)) {
            return table.isCurrentKnown(slot) ? table.current(slot) : table.coming(slot);
        }
        counters.guessedFragment();
        boolean guessed = slot != FragmentTable.NO_SLOT && table.hasCurrent(slot);
        return guessed ? table.current(slot) : guess(trail.laterPair());
    }

    private boolean isKnown(int slot) {
        return slot != FragmentTable.NO_SLOT
                && (table.isCurrentKnown(slot) || table.hasComing(slot));
    }

    private long guess(long pair) {
        int guess = guessOf(pair);
        return guessPairs[guess] == pair ? guessHashes[guess] : pair;
    }

    private static int guessOf(long pair) {
        return (int) pair & GUESSES - 1;
    }
}
