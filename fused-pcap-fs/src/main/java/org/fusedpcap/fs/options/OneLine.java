package org.fusedpcap.fs.options;

/** Makes names and values that others chose fit for a line of a log or of standard error. */
public final class OneLine {

    private OneLine() {}

    /** The text, with a question mark for each character that is no part of a line. */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> line.appendCodePoint(isPrintable(c) ? c : '?'));
        return line.toString();
    }

    /** The same, of at most {@code longest} characters (and an ellipsis). */
    public static String of(String text, int longest) {
        return of(text.length() > longest ? text.substring(0, longest) + "…" : text);
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
