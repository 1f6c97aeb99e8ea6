package org.fusedpcap.fs.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What a user may have meant. */
final class Suggestion {

    /** Beyond it a name is no misspelt option, and comparing would only cost time. */
    private static final int LONGEST_NAME = 40;

    private Suggestion() {}

    /** A hint for an unknown name: the known name nearest to it, or else all of them. */
    static String forName(String name, Collection<String> known) {
        return nearest(name, known).orElseGet(() -> listOf(known));
    }

    static String listOf(Collection<String> known) {
        return "the options are " + String.join(", ", known);
    }

    static Optional<String> nearest(String name, Collection<String> known) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> distance(lowerCase, candidate) <= allowed(candidate))
                .min(Comparator.comparingInt(candidate -> distance(lowerCase, candidate)))
                .map(guess -> "did you mean " + guess + "?");
    }

    private static int allowed(String candidate) {
        return Math.max(1, candidate.length() / 3);
    }

    /** Levenshtein's distance: characters to insert, to delete or to replace. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
