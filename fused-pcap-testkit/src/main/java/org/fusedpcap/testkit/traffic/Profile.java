package org.fusedpcap.testkit.traffic;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What traffic is made of. Immutable.
 *
 * @param transports what conversations speak
 * @param encapsulations what conversations are wrapped in
 * @param ipv6Percent share of address pairs that use IPv6
 * @param vlanPercent share of conversations with one VLAN tag
 * @param qinqPercent share of conversations with several VLAN tags
 * @param oneSidedPercent share of conversations whose replies have no tag at all
 * @param fragmentPermille how many of a thousand frames begin a fragmented datagram instead
 * @param icmpErrorPermille how many of a thousand frames are an ICMP error instead
 * @param junkPermille how many of a thousand frames belong to nobody
 */
public record Profile(
        Shares<Transport> transports,
        Shares<Encapsulation> encapsulations,
        int ipv6Percent,
        int vlanPercent,
        int qinqPercent,
        int oneSidedPercent,
        int fragmentPermille,
        int icmpErrorPermille,
        int junkPermille) {

    private static final Shares<Encapsulation> BARE = Shares.of(Map.of(Encapsulation.NONE, 1));

    private static final Shares<Transport> USUAL =
            Shares.of(Map.of(Transport.TCP, 70, Transport.UDP, 24, Transport.DNS, 6));

    private static final Shares<Transport> EVERY =
            Shares.of(
                    Map.of(
                            Transport.TCP, 50,
                            Transport.UDP, 25,
                            Transport.DNS, 10,
                            Transport.SCTP, 10,
                            Transport.ICMP, 5));

    private static final Shares<Encapsulation> TUNNELS =
            Shares.of(
                    Map.of(
                            Encapsulation.GRE, 1,
                            Encapsulation.IP_IN_IP, 1,
                            Encapsulation.VXLAN, 1,
                            Encapsulation.GENEVE, 1,
                            Encapsulation.GTP_U, 1,
                            Encapsulation.MPLS, 1,
                            Encapsulation.PPPOE, 1));

    private static final Shares<Encapsulation> SOME_TUNNELS =
            Shares.of(
                    Map.of(
                            Encapsulation.NONE, 86,
                            Encapsulation.GRE, 2,
                            Encapsulation.IP_IN_IP, 2,
                            Encapsulation.VXLAN, 2,
                            Encapsulation.GENEVE, 2,
                            Encapsulation.GTP_U, 2,
                            Encapsulation.MPLS, 2,
                            Encapsulation.PPPOE, 2));

    /** TCP, UDP and DNS over IPv4 and IPv6, and nothing odd. */
    public static final Profile PLAIN = new Profile(USUAL, BARE, 30, 0, 0, 0, 0, 0, 0);

    /** A little of everything. */
    public static final Profile MIXED = new Profile(EVERY, SOME_TUNNELS, 30, 20, 10, 0, 5, 5, 2);

    /** Conversations with one tag, with several, with none, and tagged on one side only. */
    public static final Profile VLAN = new Profile(EVERY, BARE, 30, 40, 40, 10, 0, 0, 0);

    /** Every conversation inside something. */
    public static final Profile TUNNELLED = new Profile(EVERY, TUNNELS, 30, 10, 0, 0, 0, 0, 0);

    /** Mostly fragments. */
    public static final Profile FRAGMENTS =
            new Profile(Shares.of(Map.of(Transport.UDP, 1)), BARE, 50, 10, 0, 0, 300, 0, 0);

    /** ICMP errors, each about somebody's packet. */
    public static final Profile ERRORS = new Profile(EVERY, BARE, 50, 10, 0, 0, 0, 300, 0);

    /** Half of it noise. */
    public static final Profile JUNK = new Profile(USUAL, BARE, 30, 10, 0, 0, 0, 0, 500);

    /** UDP over IPv4 alone, the leanest there is. */
    public static final Profile UDP =
            new Profile(Shares.of(Map.of(Transport.UDP, 1)), BARE, 0, 0, 0, 0, 0, 0, 0);

    private static final Map<String, Profile> BY_NAME =
            Map.of(
                    "plain", PLAIN,
                    "mixed", MIXED,
                    "vlan", VLAN,
                    "tunnels", TUNNELLED,
                    "fragments", FRAGMENTS,
                    "errors", ERRORS,
                    "junk", JUNK,
                    "udp", UDP);

    /** Names of the profiles, sorted. */
    public static List<String> names() {
        return BY_NAME.keySet().stream().sorted().toList();
    }

    /**
     * A profile by its name.
     *
     * @throws IllegalArgumentException if there is none; the message names those there are
     */
    public static Profile named(String name) {
        Profile profile = BY_NAME.get(name.toLowerCase(Locale.ROOT));
        if (profile == null) {
            throw new IllegalArgumentException(
                    "no profile " + name + "; there are " + String.join(", ", names()));
        }
        return profile;
    }
}
