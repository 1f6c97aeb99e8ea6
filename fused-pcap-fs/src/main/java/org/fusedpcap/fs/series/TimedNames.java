package org.fusedpcap.fs.series;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fusedpcap.fs.series.NameGrammar.Reading;
import org.fusedpcap.fs.series.NamePart.Count;
import org.fusedpcap.fs.series.NamePart.Digits;
import org.fusedpcap.fs.series.NamePart.Layout;
import org.fusedpcap.fs.series.NamePart.Literal;
import org.fusedpcap.fs.series.NamePattern.Numbering;

/**
 * Reads names that have a time in them. They vary in their times, in a count behind the last time
 * or at the very end, and in dumpcap's count before the time; all other numbers are constants.
 */
final class TimedNames {

    private static final Digits DUMPCAP_COUNT = new Digits(5, 6);
    private static final Pattern BEFORE_DUMPCAP_TIME = Pattern.compile("(.*_)(\\d{5,6})_");
    private static final Pattern SEPARATED_COUNT =
            Pattern.compile("([-_.])\\d{1,9}(?![A-Za-z0-9]).*");

    private TimedNames() {}

    static List<Reading> readings(String name, List<TimeStamps.Stamp> times) {
        String before = name.substring(0, times.get(0).span().from());
        List<NamePart> rest = timesAndRest(name, times);
        List<NamePart> plain = new ArrayList<>(List.of(new Literal(before)));
        plain.addAll(rest);
        List<Reading> readings = new ArrayList<>();
        Matcher dumpcap = BEFORE_DUMPCAP_TIME.matcher(before);
        if (times.size() == 1 && dumpcap.matches()) {
            readings.add(dumpcap(dumpcap.group(1), dumpcap.group(2), rest));
        }
        // Behind it: a five-digit port looks like dumpcap's count, but stays the same.
        readings.add(Reading.of(plain, Numbering.TIME));
        return readings;
    }

    private static Reading dumpcap(String prefix, String number, List<NamePart> rest) {
        List<NamePart> parts =
                new ArrayList<>(List.of(new Literal(prefix), DUMPCAP_COUNT, new Literal("_")));
        parts.addAll(rest);
        String behind = new NameTemplate(rest, Numbering.TIME).regex();
        Pattern evidence = Pattern.compile(Pattern.quote(prefix) + neighbours(number) + behind);
        return new Reading(new NameTemplate(parts, Numbering.COUNT_AND_TIME), evidence, true);
    }

    /** dumpcap counts one by one, so the number before or after stands beside, if anything does. */
    private static String neighbours(String number) {
        if (number.startsWith("0")) {
            return "(?!" + number + "_)" + DUMPCAP_COUNT.regex() + "_";
        }
        long count = Long.parseLong(number);
        return "0*(?:" + (count - 1) + "|" + (count + 1) % DumpcapMark.COUNTS + ")_";
    }

    private static List<NamePart> timesAndRest(String name, List<TimeStamps.Stamp> times) {
        List<NamePart> parts = new ArrayList<>();
        int at = times.get(0).span().from();
        for (int i = 0; i < times.size(); i++) {
            TimeStamps.Stamp time = times.get(i);
            addLiteral(parts, name.substring(at, time.span().from()));
            parts.add(new Layout(time.span().of(name)));
            at = time.span().to();
            if (i == times.size() - 1 && time.mayGlue() > 0) {
                parts.add(new Digits(0, time.mayGlue()));
                at = NamePart.endOfDigits(name, at);
            }
        }
        addCounts(parts, name.substring(at));
        return parts;
    }

    /** {@code _00001} right behind the time, and {@code .pcap1} at the very end. */
    private static void addCounts(List<NamePart> parts, String rest) {
        String tail = rest;
        Matcher separated = SEPARATED_COUNT.matcher(rest);
        if (separated.matches()) {
            parts.add(new Literal(separated.group(1)));
            parts.add(new Count(1));
            tail = rest.substring(NamePart.endOfDigits(rest, 1));
        }
        if (tail.isEmpty() || Constants.endIn(tail)) {
            addLiteral(parts, tail);
        } else {
            addLiteral(parts, tail.substring(0, NamePart.startOfDigits(tail, tail.length())));
            parts.add(new Count(0));
        }
    }

    private static void addLiteral(List<NamePart> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Literal(text));
        }
    }
}
