package org.fusedpcap.fs.status;

import java.time.Duration;
import java.util.Locale;

/** Writes numbers so that people can take them in. */
public final class Quantity {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final long STEP = 1024;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Quantity() {}

    /** A number of bytes with a unit, such as {@code 1.2 GiB}. */
    public static String bytes(long bytes) {
        double number = bytes;
        int unit = 0;
        while (number >= STEP && unit < UNITS.length - 1) {
            number /= STEP;
            unit++;
        }
        return unit == 0
                ? bytes + " B"
                : String.format(Locale.ROOT, "%.1f %s", number, UNITS[unit]);
    }

    /** The number of bytes, and the same with a unit. */
    static String exactBytes(long bytes) {
        return bytes < STEP ? bytes + " bytes" : bytes + " bytes (" + bytes(bytes) + ")";
    }

    /** A number of things. */
    static String of(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    /** A time in its two largest units, such as {@code 2 h 13 min}. */
    public static String time(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + " min " + seconds % MINUTE + " s";
        }
        return seconds < DAY
                ? seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min"
                : seconds / DAY + " d " + seconds % DAY / HOUR + " h";
    }
}
