package org.fusedpcap.testkit.traffic;

import java.util.List;
import java.util.Random;
import org.pcap4j.util.MacAddress;

/** Says who talks to whom: the same seed and profile, the same conversations. Immutable. */
final class ConversationPlan {

    /** Number of conversations that share a pair of addresses. */
    static final int CONVERSATIONS_PER_PAIR = 4;

    private static final int DNS_PORT = 53;

    // No dissector is registered for these, so that nobody takes the filler for a protocol.
    private static final int LOWEST_PORT = 50_000;
    private static final int PORTS_PER_CONVERSATION = 3_000;

    private static final int PERCENT = 100;

    // Odd, so that neighbouring pairs of one first host have different second hosts.
    private static final int SCATTER = 0x9e3779b1;

    private final long seed;
    private final Profile profile;
    private final Link link;

    ConversationPlan(TrafficSpec spec) {
        this.seed = spec.seed();
        this.profile = spec.profile();
        this.link = spec.link();
    }

    Conversation conversation(int id) {
        int pair = id / CONVERSATIONS_PER_PAIR;
        Random ofPair = random(-1L - pair);
        boolean ipv6 = ofPair.nextInt(PERCENT) < profile.ipv6Percent();
        Encapsulation encapsulation = encapsulation(ofPair);
        Random own = random(id);
        Transport transport = profile.transports().draw(own);
        TagStack tags = link.hasTags() ? tags(own) : TagStack.NONE;
        return new Conversation(
                id,
                pair,
                link,
                transport,
                ipv6,
                host(pair, false, ipv6, port(id, own)),
                host(pair, true, ipv6, transport == Transport.DNS ? DNS_PORT : port(id, own)),
                tags,
                own.nextInt(PERCENT) < profile.oneSidedPercent() ? TagStack.NONE : tags,
                encapsulation);
    }

    private Random random(long stream) {
        return new Random(seed * 0x9e3779b97f4a7c15L + stream * 0xbf58476d1ce4e5b9L);
    }

    private Encapsulation encapsulation(Random random) {
        Encapsulation drawn = profile.encapsulations().draw(random);
        return drawn.isIpTunnel() || link.hasTypes() ? drawn : Encapsulation.NONE;
    }

    private TagStack tags(Random random) {
        int draw = random.nextInt(PERCENT);
        if (draw < profile.vlanPercent()) {
            return any(TagStack.SINGLE, random);
        }
        return draw < profile.vlanPercent() + profile.qinqPercent()
                ? any(TagStack.STACKED, random)
                : TagStack.NONE;
    }

    private static TagStack any(List<TagStack> stacks, Random random) {
        return stacks.get(random.nextInt(stacks.size()));
    }

    private static int port(int id, Random random) {
        return LOWEST_PORT
                + id % CONVERSATIONS_PER_PAIR * PORTS_PER_CONVERSATION
                + random.nextInt(PORTS_PER_CONVERSATION);
    }

    private static Host host(int pair, boolean second, boolean ipv6, int port) {
        int number = second ? pair * SCATTER & 0x1ffff : pair / 2 + 1;
        return new Host(
                MacAddress.getByAddress(bytes(6, 2, second ? 1 : 0, 0, pair)),
                Addresses.of(
                        ipv6
                                ? bytes(16, 0x20, 0x01, 0x0d, 0xb8, 0, second ? 1 : 0, 0, number)
                                : bytes(4, second ? 198 : 10, number | (second ? 18 << 16 : 0))),
                Addresses.of(bytes(4, second ? 172 : 11, second ? pair + 1 | 16 << 16 : pair + 1)),
                port);
    }

    /** Leading bytes, zeroes, and the last value as three bytes at the end. */
    private static byte[] bytes(int length, int... values) {
        byte[] bytes = new byte[length];
        int last = values.length - 1;
        for (int i = 0; i < last; i++) {
            bytes[i] = (byte) values[i];
        }
        for (int i = 0; i < 3; i++) {
            bytes[length - 1 - i] = (byte) (values[last] >>> 8 * i);
        }
        return bytes;
    }
}
