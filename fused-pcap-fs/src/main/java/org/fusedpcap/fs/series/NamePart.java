package org.fusedpcap.fs.series;

import java.util.regex.Pattern;

/**
 * A part of a name. The digits of a name are taken as far as they go, so no part needs to be tried
 * twice, and no regular expression is needed, which is slow for the first 50,000 names.
 */
sealed interface NamePart {

    int NO_MATCH = -1;

    /**
     * Matches this part at a place in a name.
     *
     * @return where it ends, or {@link #NO_MATCH}
     */
    int match(String name, int at);

    /** The same as a regular expression. */
    String regex();

    /** Text that is the same in all names. */
    record Literal(String text) implements NamePart {

        @Override
        public int match(String name, int at) {
            return name.startsWith(text, at) ? at + text.length() : NO_MATCH;
        }

        @Override
        public String regex() {
            return Pattern.quote(text);
        }
    }

    /** A time: digits where the example has digits, and its very text where it has others. */
    record Layout(String example) implements NamePart {

        @Override
        public int match(String name, int at) {
            if (at + example.length() > name.length()) {
                return NO_MATCH;
            }
            for (int i = 0; i < example.length(); i++) {
                char is = name.charAt(at + i);
                char like = example.charAt(i);
                if (isDigit(like) ? !isDigit(is) : is != like) {
                    return NO_MATCH;
                }
            }
            return at + example.length();
        }

        @Override
        public String regex() {
            StringBuilder regex = new StringBuilder();
            for (char c : example.toCharArray()) {
                regex.append(isDigit(c) ? "\\d" : Pattern.quote(String.valueOf(c)));
            }
            return regex.toString();
        }
    }

    /** All the digits that follow, if they are as many as said. */
    record Digits(int fewest, int most) implements NamePart {

        @Override
        public int match(String name, int at) {
            int end = endOfDigits(name, at);
            return end - at < fewest || end - at > most ? NO_MATCH : end;
        }

        @Override
        public String regex() {
            return "\\d{" + fewest + "," + most + "}";
        }
    }

    /**
     * A count, which takes all digits that follow. Ten or more without a leading zero are none:
     * they would be a Unix time.
     *
     * @param fewest 0 if the first file of the series may have no count
     */
    record Count(int fewest) implements NamePart {

        static final int MOST = 9;

        @Override
        public int match(String name, int at) {
            int end = endOfDigits(name, at);
            boolean padded = end > at && name.charAt(at) == '0';
            return end - at < fewest || end - at > MOST && !padded ? NO_MATCH : end;
        }

        @Override
        public String regex() {
            return "(?:0\\d*|\\d{" + fewest + "," + MOST + "})";
        }
    }

    /** Where the digits end that begin at a place in a name, if any do. */
    static int endOfDigits(String name, int from) {
        int end = from;
        while (end < name.length() && isDigit(name.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Where the digits begin that end at a place in a name, if any do. */
    static int startOfDigits(String name, int end) {
        int from = end;
        while (from > 0 && isDigit(name.charAt(from - 1))) {
            from--;
        }
        return from;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
