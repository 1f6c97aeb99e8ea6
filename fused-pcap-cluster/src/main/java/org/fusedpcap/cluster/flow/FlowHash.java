package org.fusedpcap.cluster.flow;

/**
 * The hash over a flow key's 64-bit words, and the way from a hash to a member. Both are the same
 * for ever and everywhere: 64-bit integer arithmetic that wraps around, keyed by nothing. Any
 * change here moves conversations between members of running installations, so the test vectors
 * forbid it.
 *
 * <p>Words are absorbed one by one: {@code h = mix((h ^ word) + GAMMA)}, from {@code h = 0}. The
 * mixer is Stafford's variant 13 of the MurmurHash3 finalizer, a bijection in which each input bit
 * flips each output bit with a probability of about one half. Order matters, and no word can cancel
 * another one as in a sum or xor of fields.
 *
 * @see <a href="https://zimbry.blogspot.com/2011/09/better-bit-mixing-improving-on.html">Stafford,
 *     Better Bit Mixing</a>
 */
public final class FlowHash {

    private static final long GAMMA = 0x9e37_79b9_7f4a_7c15L;
    private static final long FIRST_FACTOR = 0xbf58_476d_1ce4_e5b9L;
    private static final long SECOND_FACTOR = 0x94d0_49bb_1331_11ebL;

    private FlowHash() {}

    static long absorb(long hash, long word) {
        return mix((hash ^ word) + GAMMA);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * FIRST_FACTOR;
        z = (z ^ (z >>> 27)) * SECOND_FACTOR;
        return z ^ (z >>> 31);
    }

    /**
     * The member that a hash belongs to: the upper half of the hash as a fraction of the members.
     * Unlike a remainder this favours no member.
     *
     * @param hash a hash of {@link FlowClassifier#hash}
     * @param members number of members, 1 or more
     * @return 0 to {@code members - 1}
     */
    public static int member(long hash, int members) {
        return (int) (((hash >>> 32) * members) >>> 32);
    }
}
