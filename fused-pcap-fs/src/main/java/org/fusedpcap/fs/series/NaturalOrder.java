package org.fusedpcap.fs.series;

import java.util.Comparator;

/**
 * Orders names as people do: digits count as the number they are, however many there are and
 * whatever zeroes lead; everything else by character. {@code f < f1 < f2 < f10}. Names of equal
 * numbers ({@code f1}, {@code f01}) differ by the zeroes, so that the order is total.
 */
enum NaturalOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            char x = a.charAt(i);
            char y = b.charAt(j);
            if (isDigit(x) && isDigit(y)) {
                int aEnd = endOfDigits(a, i);
                int bEnd = endOfDigits(b, j);
                int byNumber = compareNumbers(a, i, aEnd, b, j, bEnd);
                if (byNumber != 0) {
                    return byNumber;
                }
                i = aEnd;
                j = bEnd;
            } else if (x != y) {
                return Character.compare(x, y);
            } else {
                i++;
                j++;
            }
        }
        int byRest = Integer.compare(a.length() - i, b.length() - j);
        return byRest != 0 ? byRest : a.compareTo(b);
    }

    private static int compareNumbers(
            String a, int aFrom, int aEnd, String b, int bFrom, int bEnd) {
        int i = skipZeroes(a, aFrom, aEnd);
        int j = skipZeroes(b, bFrom, bEnd);
        if (aEnd - i != bEnd - j) {
            return Integer.compare(aEnd - i, bEnd - j);
        }
        for (; i < aEnd; i++, j++) {
            if (a.charAt(i) != b.charAt(j)) {
                return Character.compare(a.charAt(i), b.charAt(j));
            }
        }
        return 0;
    }

    private static int skipZeroes(String name, int from, int end) {
        int i = from;
        while (i < end && name.charAt(i) == '0') {
            i++;
        }
        return i;
    }

    private static int endOfDigits(String name, int from) {
        int i = from;
        while (i < name.length() && isDigit(name.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
