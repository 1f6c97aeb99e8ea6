package org.fusedpcap.fs.options;

/**
 * A pattern for file names: {@code *} stands for any number of characters, {@code ?} for one, every
 * other character for itself. Immutable.
 *
 * <p>A match costs at most pattern length × name length steps: only the last {@code *} is ever
 * tried again, because an earlier one could gain nothing that the later one cannot. This matters,
 * for anyone who may read the mount may name a pattern; a matcher that tries every {@code *} again
 * needs minutes for {@code *a*a*a*a*a*a*a*b}.
 *
 * @param pattern the pattern as its user wrote it
 */
public record Wildcard(String pattern) {

    private static final int NONE = -1;

    /** Whether the pattern describes the whole of {@code name}. */
    public boolean matches(String name) {
        int p = 0;
        int n = 0;
        int star = NONE;
        int starEnd = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starEnd = n;
            } else if (p < pattern.length() && pattern.charAt(p) == '?') {
                p++;
                n = afterCharacter(name, n);
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star != NONE) {
                starEnd = afterCharacter(name, starEnd);
                n = starEnd;
                p = star + 1;
            } else {
                return false;
            }
        }
        return onlyStarsFrom(p);
    }

    private boolean onlyStarsFrom(int index) {
        return pattern.chars().skip(index).allMatch(c -> c == '*');
    }

    private static int afterCharacter(String name, int index) {
        return index + Character.charCount(name.codePointAt(index));
    }
}
