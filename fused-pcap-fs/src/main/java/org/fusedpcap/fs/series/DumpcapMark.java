package org.fusedpcap.fs.series;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The count and the local time in a name that dumpcap made.
 *
 * @param count 0–99999 (some versions count on)
 * @param time the digits yyyymmddHHMMSS read as one number, so that an hour is 10000
 */
record DumpcapMark(long count, long time) {

    /** How many files dumpcap counts before it begins again with 0. */
    static final long COUNTS = 100_000;

    private static final long HOUR = 1_00_00;
    private static final long SLACK = 5_00;

    private static final Pattern MARK = Pattern.compile("_(\\d{5,6})_(\\d{14})(?!.*_\\d{14})");
    private static final DumpcapMark NONE = new DumpcapMark(0, 0);

    static DumpcapMark of(String name) {
        Matcher matcher = MARK.matcher(name);
        return matcher.find()
                ? new DumpcapMark(
                        Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)))
                : NONE;
    }

    boolean follows(DumpcapMark before) {
        return count == before.count + 1 || count == (before.count + 1) % COUNTS;
    }

    /** Whether this is earlier than {@code other} by no more than the hour that autumn repeats. */
    boolean isInHourBefore(DumpcapMark other) {
        return time <= other.time && other.time - time <= HOUR + SLACK;
    }
}
