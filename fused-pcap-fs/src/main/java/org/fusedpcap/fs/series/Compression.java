package org.fusedpcap.fs.series;

import java.util.ArrayList;
import java.util.List;

/**
 * The endings that compressing adds to a file name. They are no part of what a segment is: {@code
 * x.pcap.gz} is the segment {@code x.pcap}, packed by {@code tcpdump -z gzip} or by an archivist.
 */
public final class Compression {

    /** Known endings, the ones to prefer first. */
    private static final List<String> SUFFIXES = List.of(".zst", ".lz4", ".gz", ".xz");

    private Compression() {}

    /** Whether a name tells of a compressed file. */
    public static boolean isPacked(String name) {
        return !strip(name).equals(name);
    }

    /**
     * The names of all files that a segment may be in.
     *
     * @param name of one of them
     * @return the best first; that is the plain one
     */
    public static List<String> variants(String name) {
        String plain = strip(name);
        List<String> names = new ArrayList<>(List.of(plain));
        SUFFIXES.forEach(suffix -> names.add(plain + suffix));
        return List.copyOf(names);
    }

    /** The name without its compression ending; the same object if there is none. */
    public static String strip(String name) {
        for (String suffix : SUFFIXES) {
            if (name.endsWith(suffix) && name.length() > suffix.length()) {
                return name.substring(0, name.length() - suffix.length());
            }
        }
        return name;
    }

    /**
     * How much a file is to be preferred among those that hold the same segment: 0 is best, which
     * is the plain one, because it is complete while the packed one is still being written.
     */
    static int preference(String name) {
        for (int i = 0; i < SUFFIXES.size(); i++) {
            if (name.endsWith(SUFFIXES.get(i))) {
                return i + 1;
            }
        }
        return 0;
    }
}
