package org.fusedpcap.testkit.writer;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The part of strftime(3) that people use in names of captures. */
final class Strftime {

    private Strftime() {}

    /**
     * Fills in a pattern.
     *
     * @throws IllegalArgumentException if it has a conversion other than Y m d H M S y j s F T %
     */
    static String format(String pattern, ZonedDateTime time) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean conversion = c == '%' && i + 1 < pattern.length();
            text.append(conversion ? conversion(pattern.charAt(++i), time) : String.valueOf(c));
        }
        return text.toString();
    }

    private static String conversion(char letter, ZonedDateTime time) {
        return switch (letter) {
            case 'Y' -> java("yyyy", time);
            case 'y' -> java("yy", time);
            case 'm' -> java("MM", time);
            case 'd' -> java("dd", time);
            case 'H' -> java("HH", time);
            case 'M' -> java("mm", time);
            case 'S' -> java("ss", time);
            case 'j' -> java("DDD", time);
            case 'F' -> java("yyyy-MM-dd", time);
            case 'T' -> java("HH:mm:ss", time);
            case 's' -> String.valueOf(time.toEpochSecond());
            case '%' -> "%";
            default -> throw new IllegalArgumentException("no conversion %" + letter);
        };
    }

    private static String java(String pattern, ZonedDateTime time) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time);
    }
}
