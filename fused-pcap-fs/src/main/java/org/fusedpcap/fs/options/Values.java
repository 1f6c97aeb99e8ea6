package org.fusedpcap.fs.options;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The kinds of values that options have. Every method here throws IllegalArgumentException for a
 * value that is not of its kind; the caller knows the option's name and makes the message.
 */
final class Values {

    /** The longest file name of Linux, in bytes. */
    static final int LONGEST_NAME = 255;

    private static final String SUFFIXES = "KMGTP";
    private static final int LONGEST_NUMBER = 18;

    private Values() {}

    /** A number in decimal digits, nothing else: no sign, no space. */
    static long number(String text, long least, long most) {
        check(text.length() <= LONGEST_NUMBER);
        return within(digits(text), least, most);
    }

    private static long digits(String text) {
        check(!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9'));
        return Long.parseLong(text);
    }

    private static long within(long number, long least, long most) {
        check(number >= least && number <= most);
        return number;
    }

    /** Access bits in octal digits, as umask(1) writes them. */
    static int octal(String text, int most) {
        check(!text.isEmpty() && text.length() <= 4);
        check(text.chars().allMatch(c -> c >= '0' && c <= '7'));
        return (int) within(Integer.parseInt(text, 8), 0, most);
    }

    /** A number of bytes from 1 to 8E - 1, in decimal digits with K, M, G, T or P behind or not. */
    static long size(String text) {
        check(!text.isEmpty());
        int last = text.length() - 1;
        int power = 1 + SUFFIXES.indexOf(Character.toUpperCase(text.charAt(last)));
        long count = digits(power > 0 ? text.substring(0, last) : text);
        check(count > 0 && count <= Long.MAX_VALUE >> 10 * power);
        return count << 10 * power;
    }

    /** The shortest text that {@link #size} reads as {@code bytes}. */
    static String formatSize(long bytes) {
        int power = Math.min(Long.numberOfTrailingZeros(bytes) / 10, SUFFIXES.length());
        String count = Long.toString(bytes >> 10 * power);
        return power == 0 ? count : count + SUFFIXES.charAt(power - 1);
    }

    static boolean flag(String text) {
        return switch (text) {
            case "1", "yes" -> true;
            case "0", "no" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** A pattern that a file name can match, or nothing. */
    static String glob(String text) {
        check(text.indexOf('/') < 0 && text.indexOf('\0') < 0);
        check(text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME);
        return text;
    }

    /** Any text that C can hold, but for none. */
    static String text(String text) {
        check(!text.isEmpty() && text.indexOf('\0') < 0);
        return text;
    }

    /** A path that means the same in every working directory. */
    static Path absolutePath(String text) {
        Path path = Path.of(text);
        check(path.isAbsolute());
        return path;
    }

    /** One of the constants of an enum, in lower case. */
    static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> lowerCase(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException();
        }
    }
}
