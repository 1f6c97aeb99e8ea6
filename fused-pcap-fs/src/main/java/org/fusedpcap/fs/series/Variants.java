package org.fusedpcap.fs.series;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The files in which each segment is there: usually one, for a while two (plain and compressed).
 * Not thread-safe.
 */
final class Variants {

    private static final Comparator<String> BEST_FIRST =
            Comparator.comparingInt(Compression::preference)
                    .thenComparing(Comparator.naturalOrder());

    // Most of 50,000 segments have one file, for which no set is needed.
    private final Map<String, String> preferred = new HashMap<>();
    private final Map<String, TreeSet<String>> several = new HashMap<>();

    /**
     * Adds a file.
     *
     * @return whether it is the one to prefer now
     */
    boolean add(String identity, String name) {
        String other = preferred.putIfAbsent(identity, name);
        if (other == null) {
            return true;
        }
        TreeSet<String> names = several.computeIfAbsent(identity, key -> new TreeSet<>(BEST_FIRST));
        names.add(other);
        names.add(name);
        preferred.put(identity, names.first());
        return names.first().equals(name);
    }

    /**
     * Removes a file.
     *
     * @return whether it was known
     */
    boolean remove(String identity, String name) {
        if (!isKnown(identity, name)) {
            return false;
        }
        TreeSet<String> names = several.get(identity);
        if (names == null) {
            preferred.remove(identity);
            return true;
        }
        names.remove(name);
        preferred.put(identity, names.first());
        if (names.size() == 1) {
            several.remove(identity);
        }
        return true;
    }

    boolean isKnown(String identity, String name) {
        TreeSet<String> names = several.get(identity);
        return names == null ? name.equals(preferred.get(identity)) : names.contains(name);
    }

    Optional<String> preferred(String identity) {
        return Optional.ofNullable(preferred.get(identity));
    }

    boolean isPreferred(String identity, String name) {
        return name.equals(preferred.get(identity));
    }
}
