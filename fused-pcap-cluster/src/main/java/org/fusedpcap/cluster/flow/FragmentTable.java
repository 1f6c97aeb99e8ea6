package org.fusedpcap.cluster.flow;

/**
 * A bounded memory of datagrams that came in fragments: from a datagram's tag to the hash of the
 * frame with its first fragment. Used by one thread at a time.
 *
 * <p>Identifications are used again, so a slot holds two datagrams of the same tag: the
 * <em>current</em> one, whose fragments are being placed, and the <em>coming</em> one, whose first
 * fragment was found further on in the stream. The current one is <em>whole</em> when as many bytes
 * of it were placed as its last fragment says it has; a fragment after that belongs to the coming
 * one, or is a duplicate.
 *
 * <p>Layout: sets of eight slots, a set chosen by the tag, so that the tags of a set fill one cache
 * line. A full set gives up the slot that is stale, or else whole, or else was used least recently.
 * Time is counted in frames: {@link #MAX_AGE} frames without a fragment make a slot stale.
 */
final class FragmentTable {

    static final int UNKNOWN_TOTAL = -1;
    static final int NO_SLOT = -1;

    /** Number of datagrams that are remembered. */
    static final int CAPACITY = 16_384;

    /** Age in frames from which on a datagram is forgotten. */
    static final int MAX_AGE = 1 << 18;

    private static final int WAYS = 8;

    private static final int HAS_CURRENT = 1;
    private static final int HAS_COMING = 2;
    private static final int FIRST_PLACED = 4;
    private static final int GUESSED = 8;

    private final FlowCounters counters;
    private final long[] tags = new long[CAPACITY];
    private final long[] current = new long[CAPACITY];
    private final long[] coming = new long[CAPACITY];
    private final int[] placed = new int[CAPACITY];
    private final int[] total = new int[CAPACITY];
    private final int[] lastUsed = new int[CAPACITY];
    private final byte[] flags = new byte[CAPACITY];

    FragmentTable(FlowCounters counters) {
        this.counters = counters;
    }

    /** The slot of a datagram, or {@link #NO_SLOT}. */
    int find(long tag, int now) {
        int slot = slotOf(tag);
        return slot != NO_SLOT && isStale(slot, now) ? NO_SLOT : slot;
    }

    private int slotOf(long tag) {
        int set = firstOfSet(tag);
        for (int slot = set; slot < set + WAYS; slot++) {
            if (tags[slot] == tag) {
                return slot;
            }
        }
        return NO_SLOT;
    }

    private static int firstOfSet(long tag) {
        return (int) (tag >>> Integer.SIZE) & CAPACITY - WAYS;
    }

    private boolean isStale(int slot, int now) {
        return Integer.compareUnsigned(now - lastUsed[slot], MAX_AGE) > 0;
    }

    /** The first fragment of a datagram was placed. */
    void placeFirst(long tag, long hash, int length, int now) {
        int slot = take(tag, now);
        if (is(slot, GUESSED)) {
            current[slot] = hash;
        } else if (!isAwaitedFirst(slot, hash)) {
            begin(slot, hash);
        }
        clear(slot, GUESSED);
        set(slot, FIRST_PLACED);
        if (coming[slot] == hash) {
            clear(slot, HAS_COMING);
        }
        add(slot, length, UNKNOWN_TOTAL, now);
    }

    // Later fragments were placed already, by what was learned of this first one.
    private boolean isAwaitedFirst(int slot, long hash) {
        return is(slot, HAS_CURRENT) && !is(slot, FIRST_PLACED) && current[slot] == hash;
    }

    /** The first fragment of a datagram was found further on; of several the nearest one counts. */
    void learnFirst(long tag, long hash, int now) {
        int slot = take(tag, now);
        if (!is(slot, HAS_COMING)) {
            coming[slot] = hash;
            set(slot, HAS_COMING);
        }
        lastUsed[slot] = now;
    }

    /** Remembers a guess, so that all fragments of the datagram stay together. */
    int placeGuess(long tag, long hash, int now) {
        int slot = take(tag, now);
        begin(slot, hash);
        set(slot, GUESSED);
        return slot;
    }

    /** Notes that a later fragment was placed with the current datagram. */
    void add(int slot, int length, int datagramLength, int now) {
        placed[slot] += length;
        if (datagramLength != UNKNOWN_TOTAL) {
            total[slot] = datagramLength;
        }
        lastUsed[slot] = now;
    }

    /**
     * Makes sure that the slot's current datagram is one whose fragments are still expected and
     * whose hash is known; the coming one takes its place if it is not.
     *
     * @return false if there is no such datagram
     */
    boolean settle(int slot) {
        if (isCurrentKnown(slot) && !isWhole(slot)) {
            return true;
        }
        if (!is(slot, HAS_COMING)) {
            return false;
        }
        if (is(slot, GUESSED)) {
            current[slot] = coming[slot];
            clear(slot, GUESSED);
        } else {
            begin(slot, coming[slot]);
        }
        clear(slot, HAS_COMING);
        return true;
    }

    private boolean isWhole(int slot) {
        return total[slot] != UNKNOWN_TOTAL && placed[slot] >= total[slot];
    }

    private void begin(int slot, long hash) {
        current[slot] = hash;
        placed[slot] = 0;
        total[slot] = UNKNOWN_TOTAL;
        clear(slot, FIRST_PLACED | GUESSED);
        set(slot, HAS_CURRENT);
    }

    boolean hasCurrent(int slot) {
        return is(slot, HAS_CURRENT);
    }

    /** Whether the hash of the current datagram is that of its first fragment. */
    boolean isCurrentKnown(int slot) {
        return (flags[slot] & (HAS_CURRENT | GUESSED)) == HAS_CURRENT;
    }

    boolean hasComing(int slot) {
        return is(slot, HAS_COMING);
    }

    long current(int slot) {
        return current[slot];
    }

    long coming(int slot) {
        return coming[slot];
    }

    private boolean is(int slot, int flag) {
        return (flags[slot] & flag) != 0;
    }

    private void set(int slot, int flag) {
        flags[slot] |= (byte) flag;
    }

    private void clear(int slot, int flag) {
        flags[slot] &= (byte) ~flag;
    }

    private int take(long tag, int now) {
        int slot = slotOf(tag);
        if (slot != NO_SLOT && !isStale(slot, now)) {
            return slot;
        }
        if (slot == NO_SLOT) {
            slot = leastUseful(firstOfSet(tag), now);
            if (uselessness(slot, now) <= MAX_AGE) {
                counters.displacedDatagram();
            }
        }
        tags[slot] = tag;
        flags[slot] = 0;
        lastUsed[slot] = now;
        return slot;
    }

    private int leastUseful(int set, int now) {
        int worst = set;
        for (int slot = set + 1; slot < set + WAYS; slot++) {
            if (uselessness(slot, now) > uselessness(worst, now)) {
                worst = slot;
            }
        }
        return worst;
    }

    // Above MAX_AGE: nobody misses it. Then stale or empty before whole, and older before newer.
    private long uselessness(int slot, int now) {
        long age = Integer.toUnsignedLong(now - lastUsed[slot]);
        if (tags[slot] == 0 || age > MAX_AGE) {
            return Long.MAX_VALUE;
        }
        boolean done = isCurrentKnown(slot) && isWhole(slot) && !is(slot, HAS_COMING);
        return done ? age + MAX_AGE + 1 : age;
    }
}
