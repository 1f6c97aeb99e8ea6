package org.fusedpcap.fs.series;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds dates, times and Unix times in a file name, in the layouts that capture programs and
 * people's strftime patterns make.
 *
 * <p>{@code tcpdump -G -C} glues its count behind the time ({@code 20261122101112} becomes {@code
 * 202611221011121}), so a layout of known width may be followed by a few digits more; they are not
 * part of the time.
 */
final class TimeStamps {

    private static final String MONTH = "(?:0[1-9]|1[0-2])";
    private static final String DAY = "(?:0[1-9]|[12]\\d|3[01])";
    private static final String HOUR = "(?:[01]\\d|2[0-3])";
    private static final String MINUTE = "[0-5]\\d";
    private static final String SECOND = "(?:[0-5]\\d|60)";

    /** How many digits of a count may be glued to a date, and to a Unix time in seconds. */
    private static final int GLUED_TO_DATE = 3;

    private static final int GLUED_TO_SECONDS = 2;

    private static final Pattern LAYOUTS =
            Pattern.compile(
                    "(?<!\\d)(?:"
                            // %Y%m%d, %Y-%m-%d, then %H, %H%M or %H%M%S behind any separator
                            + "(?<date>(?:19|20|21)\\d\\d(?<ds>[-_.]?)"
                            + MONTH
                            + "\\k<ds>"
                            + DAY
                            + "(?:[-T_ .]?"
                            + HOUR
                            + "(?:(?<ts>[-:._]?)"
                            + MINUTE
                            + "(?:\\k<ts>"
                            + SECOND
                            + ")?)?)?)\\d{0,"
                            + GLUED_TO_DATE
                            + "}"
                            // %y%m%d-%H%M%S
                            + "|(?:\\d\\d"
                            + MONTH
                            + DAY
                            + "[-_T]"
                            + HOUR
                            + MINUTE
                            + SECOND
                            + ")"
                            // %H:%M:%S
                            + "|(?:"
                            + HOUR
                            + ":"
                            + MINUTE
                            + ":"
                            + SECOND
                            + ")"
                            // seconds with a fraction, then ns, µs, ms, s since 1970
                            + "|(?:[1-4]\\d{9}[._]\\d{6}(?:\\d{3})?"
                            + "|[1-4]\\d{18}|[1-4]\\d{15}|[1-4]\\d{12})"
                            + "|(?<seconds>[1-4]\\d{9})\\d{0,"
                            + GLUED_TO_SECONDS
                            + "})(?!\\d)");

    private TimeStamps() {}

    /**
     * A time in a name.
     *
     * @param span where it is
     * @param mayGlue how many digits of a count may follow without a separator
     */
    record Stamp(Span span, int mayGlue) {}

    /** The times in a name, from left to right. */
    static List<Stamp> find(String name) {
        List<Stamp> stamps = new ArrayList<>();
        Matcher matcher = LAYOUTS.matcher(name);
        while (matcher.find()) {
            stamps.add(stamp(matcher));
        }
        return stamps;
    }

    private static Stamp stamp(Matcher matcher) {
        if (matcher.group("date") != null) {
            return stamp(matcher, "date", GLUED_TO_DATE);
        }
        if (matcher.group("seconds") != null) {
            return stamp(matcher, "seconds", GLUED_TO_SECONDS);
        }
        return new Stamp(new Span(matcher.start(), matcher.end()), 0);
    }

    private static Stamp stamp(Matcher matcher, String group, int mayGlue) {
        return new Stamp(new Span(matcher.start(group), matcher.end(group)), mayGlue);
    }
}
