package org.fusedpcap.fs.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a file name as a capture program made it, and says which other names would belong to it.
 *
 * <p>A name with a time in it varies in its times and in a count that belongs to them. Any other
 * name varies in its last number that is no {@linkplain Constants constant}. Where that leaves more
 * than one reading ({@code cap2.pcap} may be followed by {@code cap3.pcap} or by {@code
 * cap2.pcap1}), there are several {@link Reading}s, the likelier ones first, and the names beside
 * it decide. The table of all writers is in docs/DESIGN.md.
 */
final class NameGrammar {

    private static final Pattern DUMPCAP_COUNT = Pattern.compile(".*_\\d{5,6}_");
    private static final Pattern ENDS_IN_DIGIT = Pattern.compile(".*\\d");
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z]+");

    /** A count; ten digits without a leading zero would be a Unix time. */
    private static final String COUNT = "(?:\\d{1,9}|0\\d*)";

    private static final String LONG_COUNT = "\\d+";

    private NameGrammar() {}

    /**
     * One way to read a name.
     *
     * @param template the names that belong to it then
     * @param evidence a name beside it that matches shows that this is the right way
     * @param likely whether this is to be taken while nothing shows the right way
     */
    record Reading(NameTemplate template, Pattern evidence, boolean likely) {}

    /**
     * The ways to read a name, the likeliest first; never empty.
     *
     * @param identity a file name without a compression ending
     */
    static List<Reading> readings(String identity) {
        List<TimeStamps.Stamp> times = TimeStamps.find(identity);
        return times.isEmpty() ? counted(identity) : timed(identity, times);
    }

    private static List<Reading> timed(String name, List<TimeStamps.Stamp> times) {
        List<Reading> readings = new ArrayList<>();
        Span first = times.get(0).span();
        String before = name.substring(0, first.from());
        String rest = timesAndRest(name, times);
        if (times.size() == 1 && DUMPCAP_COUNT.matcher(before).matches()) {
            String count = before.substring(before.lastIndexOf('_', before.length() - 2) + 1);
            String prefix = before.substring(0, before.length() - count.length());
            String number = count.substring(0, count.length() - 1);
            String others = "(?!" + number + "_)\\d{5,6}_";
            readings.add(
                    new Reading(
                            NameTemplate.of(
                                    Pattern.quote(prefix) + "\\d{5,6}_" + rest,
                                    NamePattern.Numbering.COUNT_AND_TIME),
                            Pattern.compile(
                                    Pattern.quote(prefix) + neighbours(number, others) + rest),
                            true));
            // A five-digit port before the time: more files of that number, none of the next.
            readings.add(certain(Pattern.quote(before) + rest, NamePattern.Numbering.TIME));
            return readings;
        }
        return List.of(certain(Pattern.quote(before) + rest, NamePattern.Numbering.TIME));
    }

    /** dumpcap counts one by one, so the number before or after stands beside, if anything does. */
    private static String neighbours(String number, String others) {
        if (number.startsWith("0")) {
            return others;
        }
        long count = Long.parseLong(number);
        return "0*(?:" + (count - 1) + "|" + (count + 1) % 100_000 + ")_";
    }

    private static String timesAndRest(String name, List<TimeStamps.Stamp> times) {
        StringBuilder regex = new StringBuilder();
        int at = times.get(0).span().from();
        for (int i = 0; i < times.size(); i++) {
            TimeStamps.Stamp time = times.get(i);
            regex.append(Pattern.quote(name.substring(at, time.span().from())));
            regex.append(layout(time.span().of(name)));
            at = time.span().to();
            if (i == times.size() - 1 && time.mayGlue() > 0) {
                regex.append("(?<" + NameTemplate.GLUED + ">\\d{0," + time.mayGlue() + "})");
                at = endOfDigits(name, at);
            }
        }
        return regex.append(countBehindTime(name.substring(at))).toString();
    }

    /** {@code _00001} right behind the time, and {@code .pcap1} at the very end. */
    private static String countBehindTime(String rest) {
        String regex = "";
        String tail = rest;
        if (rest.matches("[-_.]\\d+(?![A-Za-z0-9]).*")) {
            int end = endOfDigits(rest, 1);
            regex = Pattern.quote(rest.substring(0, 1)) + COUNT;
            tail = rest.substring(end);
        }
        if (tail.isEmpty() || endsInConstant(tail)) {
            return regex + Pattern.quote(tail);
        }
        return regex + Pattern.quote(tail.substring(0, startOfLastDigits(tail))) + optional(COUNT);
    }

    private static boolean endsInConstant(String name) {
        return Constants.find(name).stream().anyMatch(span -> span.to() == name.length());
    }

    private static String layout(String time) {
        StringBuilder regex = new StringBuilder();
        for (char c : time.toCharArray()) {
            regex.append(Character.isDigit(c) ? "\\d" : Pattern.quote(String.valueOf(c)));
        }
        return regex.toString();
    }

    private static List<Reading> counted(String name) {
        List<Span> constants = Constants.find(name);
        Span last = lastNumber(name, constants);
        boolean atEnd = last.to() == name.length();
        if (atEnd && last.from() < last.to()) {
            String prefix = name.substring(0, last.from());
            return List.of(certain(suffixed(prefix, countLike(last.of(name))), count()));
        }
        List<Reading> readings = new ArrayList<>();
        wordBeforeConstant(name, constants).ifPresent(readings::add);
        readings.add(
                new Reading(
                        NameTemplate.of(suffixed(name, COUNT), count()),
                        siblings(name, last),
                        true));
        if (!atEnd) {
            readings.add(certain(infixed(name, last), count()));
        } else if (EXTENSION.matcher(name.substring(endOfStem(name))).matches()) {
            int stem = endOfStem(name);
            readings.add(certain(infixed(name, new Span(stem, stem)), count()));
        }
        return readings;
    }

    /** {@code tap1} beside a file {@code tap}: no interface but the second file of a capture. */
    private static Optional<Reading> wordBeforeConstant(String name, List<Span> constants) {
        int word = startOfLastDigits(name);
        if (word == name.length() || word == 0 || !endsInConstant(name)) {
            return Optional.empty();
        }
        String prefix = name.substring(0, word);
        return Optional.of(
                new Reading(
                        NameTemplate.of(suffixed(prefix, COUNT), count()),
                        Pattern.compile(Pattern.quote(prefix)),
                        false));
    }

    /**
     * What shows that a count is put behind this name, and not into it: it, or its like, has one.
     */
    private static Pattern siblings(String name, Span number) {
        if (number.from() == number.to()) {
            return Pattern.compile(Pattern.quote(name) + COUNT);
        }
        return Pattern.compile(infixed(name, number) + COUNT);
    }

    private static String suffixed(String prefix, String count) {
        boolean bare = !prefix.isEmpty() && Character.isLetterOrDigit(lastChar(prefix));
        return Pattern.quote(prefix) + (bare ? optional(count) : count);
    }

    private static String infixed(String name, Span number) {
        String prefix = name.substring(0, number.from());
        String count = countLike(number.of(name));
        boolean bare = !prefix.isEmpty() && Character.isLetter(lastChar(prefix));
        return Pattern.quote(prefix)
                + (bare ? optional(count) : count)
                + Pattern.quote(name.substring(number.to()));
    }

    private static String countLike(String number) {
        return number.isEmpty() || number.matches(COUNT) ? COUNT : LONG_COUNT;
    }

    private static String optional(String regex) {
        return "(?:" + regex + ")?";
    }

    /**
     * The last run of digits that is no constant; empty at the end of the name if there is none.
     */
    private static Span lastNumber(String name, List<Span> constants) {
        int end = name.length();
        while (end > 0) {
            if (!Character.isDigit(name.charAt(end - 1))) {
                end--;
                continue;
            }
            int from = startOfLastDigits(name.substring(0, end));
            for (Span constant : constants) {
                if (constant.from() <= from && constant.to() > from) {
                    from = Math.min(constant.to(), end);
                }
            }
            if (from < end) {
                return new Span(from, end);
            }
            end = startOfLastDigits(name.substring(0, end));
        }
        return new Span(name.length(), name.length());
    }

    private static int endOfStem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? dot : name.length();
    }

    private static Reading certain(String regex, NamePattern.Numbering numbering) {
        return new Reading(NameTemplate.of(regex, numbering), Pattern.compile(regex), true);
    }

    private static NamePattern.Numbering count() {
        return NamePattern.Numbering.COUNT;
    }

    private static char lastChar(String text) {
        return text.charAt(text.length() - 1);
    }

    private static int startOfLastDigits(String name) {
        int from = name.length();
        while (from > 0 && Character.isDigit(name.charAt(from - 1))) {
            from--;
        }
        return from;
    }

    private static int endOfDigits(String name, int from) {
        int to = from;
        while (to < name.length() && Character.isDigit(name.charAt(to))) {
            to++;
        }
        return to;
    }
}
