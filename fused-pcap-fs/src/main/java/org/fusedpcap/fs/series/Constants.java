package org.fusedpcap.fs.series;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds numbers in a file name that say where packets were captured, not when: interfaces, VLAN
 * ids, ports, addresses. They are the same in all names of a series.
 *
 * @see <a href="https://www.freedesktop.org/software/systemd/man/systemd.net-naming-scheme.html">
 *     systemd.net-naming-scheme</a>
 */
final class Constants {

    /** Interface names that end in one number. */
    private static final String NUMBERED =
            "(?:veth|eth|eno|ens|em|wlan|wwan|bond|team|br|virbr|vnet|docker|tun|tap|wg|dummy|ppp|ib"
                + "|usb|mon|nflog|lo|vlan|vxlan|vni|vrf|port|tcp|udp|sctp)[-_]?"
                    // A number does not begin with 0 unless it is 0: the rest belongs to a count.
                    + "(?:0|[1-9]\\d{0,4})";

    /** Names by place: enp3s0, enp0s31f6, wlp2s0, enP2p1s0f1np1, enx001122334455, p1p2. */
    private static final String PLACED =
            "(?:en|wl|ww|sl|ib)(?:P\\d+)?(?:p\\d+s\\d+|s\\d+|p\\d+)(?:f\\d+)?(?:np?\\d+)?(?:d\\d+)?"
                    + "|enx\\p{XDigit}{12}|p\\d+p\\d+";

    /** A VLAN id behind an interface, if a number still follows that can be the running one. */
    private static final String VLAN = "(?:\\.[1-9]\\d{0,3}(?!\\d)(?=.))?";

    private static final String IPV4 = "(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\d.]*\\d)";

    private static final Pattern PLACES =
            Pattern.compile("(?<![A-Za-z])(?:" + PLACED + "|" + NUMBERED + ")" + VLAN + "|" + IPV4);

    private Constants() {}

    /** Whether a name ends in a constant. */
    static boolean endIn(String name) {
        return find(name).stream().anyMatch(span -> span.to() == name.length());
    }

    /** The constants with numbers in a name, from left to right. */
    static List<Span> find(String name) {
        List<Span> spans = new ArrayList<>();
        Matcher matcher = PLACES.matcher(name);
        while (matcher.find()) {
            spans.add(new Span(matcher.start(), matcher.end()));
        }
        return spans;
    }
}
