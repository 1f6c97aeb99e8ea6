package org.fusedpcap.fs.series;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name with its running number or time left open, such as <code>eth0\.pcap\.\d+</code>.
 *
 * @param pattern matches the names; the group {@value #GLUED}, if there is one, is a count glued to
 *     the time before it
 * @param numbering what is left open
 */
record NameTemplate(Pattern pattern, Numbering numbering) implements NamePattern {

    static final String GLUED = "glued";

    /** Sorts behind every character of a name, so that 10:11:12 comes before its count 1. */
    private static final char BEHIND = '\uffff';

    static NameTemplate of(String regex, Numbering numbering) {
        return new NameTemplate(Pattern.compile(regex), numbering);
    }

    @Override
    public String id() {
        return pattern.pattern();
    }

    @Override
    public boolean matches(String name, String identity) {
        return pattern.matcher(identity).matches();
    }

    @Override
    public String sortKey(String identity) {
        if (!id().contains(GLUED)) {
            return identity;
        }
        Matcher matcher = pattern.matcher(identity);
        if (!matcher.matches() || matcher.group(GLUED).isEmpty()) {
            return identity;
        }
        int split = matcher.start(GLUED);
        return identity.substring(0, split) + BEHIND + identity.substring(split);
    }
}
