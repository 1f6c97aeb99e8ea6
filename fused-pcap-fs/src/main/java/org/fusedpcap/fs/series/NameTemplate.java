package org.fusedpcap.fs.series;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fusedpcap.fs.series.NamePart.Layout;
import org.fusedpcap.fs.series.NamePart.Literal;

/**
 * A name with its running number or time left open, such as <code>eth0.pcap.</code> and a count.
 *
 * @param parts from left to right
 * @param numbering what is left open
 */
record NameTemplate(List<NamePart> parts, Numbering numbering) implements NamePattern {

    /** Sorts behind every character of a name, so that 10:11:12 comes before its count 1. */
    private static final char BEHIND = '\uffff';

    private static final int LARGEST_RANK_DIGITS = 18;

    NameTemplate {
        parts = List.copyOf(parts);
    }

    /** The names as a regular expression. */
    String regex() {
        return parts.stream().map(NamePart::regex).collect(Collectors.joining());
    }

    @Override
    public String id() {
        return regex();
    }

    @Override
    public Optional<NameKey> read(String name, String identity) {
        int at = 0;
        long rank = -1;
        int glued = 0;
        NamePart before = parts.get(0);
        for (NamePart part : parts) {
            int end = part.match(identity, at);
            if (end == NamePart.NO_MATCH) {
                return Optional.empty();
            }
            if (rank < 0 && !(part instanceof Literal)) {
                rank = number(identity, at, end);
            }
            if (end > at && before instanceof Layout && !(part instanceof Literal)) {
                glued = at;
            }
            before = part;
            at = end;
        }
        return at == identity.length()
                ? Optional.of(new NameKey(rank, key(identity, glued)))
                : Optional.empty();
    }

    private static String key(String identity, int glued) {
        return glued == 0
                ? identity
                : identity.substring(0, glued) + BEHIND + identity.substring(glued);
    }

    /** The digits as one number, and one more; 0 if there are none. */
    private static long number(String name, int from, int end) {
        long number = 0;
        int digits = 0;
        for (int i = from; i < end; i++) {
            char c = name.charAt(i);
            if (NamePart.isDigit(c)) {
                digits += digits > 0 || c != '0' ? 1 : 0;
                if (digits > LARGEST_RANK_DIGITS) {
                    return Ranking.UNKNOWN - 1;
                }
                number = number * 10 + c - '0';
            }
        }
        return end > from ? number + 1 : 0;
    }
}
