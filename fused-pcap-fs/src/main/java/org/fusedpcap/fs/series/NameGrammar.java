package org.fusedpcap.fs.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fusedpcap.fs.series.NamePart.Count;
import org.fusedpcap.fs.series.NamePart.Digits;
import org.fusedpcap.fs.series.NamePart.Literal;
import org.fusedpcap.fs.series.NamePattern.Numbering;

/**
 * Reads a file name as a capture program made it, and says which other names would belong to it.
 *
 * <p>A name with a time in it is read by {@link TimedNames}. Any other name varies in its last
 * number that is no {@linkplain Constants constant}. Where that leaves more than one reading
 * ({@code cap2.pcap} may be followed by {@code cap3.pcap} or by {@code cap2.pcap1}), there are
 * several {@link Reading}s, the likelier ones first, and the names beside it decide.
 */
final class NameGrammar {

    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z]+");

    private NameGrammar() {}

    /**
     * One way to read a name.
     *
     * @param template the names that belong to it then
     * @param evidence a name beside it that matches shows that this is the right way
     * @param likely whether this is to be taken while nothing shows the right way
     */
    record Reading(NameTemplate template, Pattern evidence, boolean likely) {

        /** A reading that any other name of the same kind confirms. */
        static Reading of(List<NamePart> parts, Numbering numbering) {
            NameTemplate template = new NameTemplate(parts, numbering);
            return new Reading(template, Pattern.compile(template.regex()), true);
        }
    }

    /**
     * The ways to read a name, the likeliest first; never empty.
     *
     * @param identity a file name without a compression ending
     */
    static List<Reading> readings(String identity) {
        List<TimeStamps.Stamp> times = TimeStamps.find(identity);
        return times.isEmpty() ? counted(identity) : timed(identity, times);
    }

    // What looks like a time may be none in its place, so that a name would not be of its series.
    private static List<Reading> timed(String name, List<TimeStamps.Stamp> times) {
        List<Reading> readings =
                TimedNames.readings(name, times).stream()
                        .filter(reading -> reading.template().read(name, name).isPresent())
                        .toList();
        return readings.stream().anyMatch(Reading::likely) ? readings : counted(name);
    }

    private static List<Reading> counted(String name) {
        Span last = lastNumber(name, Constants.find(name));
        boolean atEnd = last.to() == name.length();
        if (atEnd && last.from() < last.to()) {
            List<NamePart> parts = suffixed(name.substring(0, last.from()), last.of(name));
            return List.of(Reading.of(parts, Numbering.COUNT));
        }
        List<Reading> readings = new ArrayList<>();
        wordBeforeConstant(name).ifPresent(readings::add);
        NameTemplate behind = new NameTemplate(suffixed(name, ""), Numbering.COUNT);
        readings.add(new Reading(behind, siblings(name, last), true));
        int stem = endOfStem(name);
        if (!atEnd) {
            readings.add(Reading.of(infixed(name, last), Numbering.COUNT));
        } else if (EXTENSION.matcher(name.substring(stem)).matches()) {
            readings.add(Reading.of(infixed(name, new Span(stem, stem)), Numbering.COUNT));
        }
        return readings;
    }

    /** {@code tap1} beside a file {@code tap}: no interface but the second file of a capture. */
    private static Optional<Reading> wordBeforeConstant(String name) {
        int word = NamePart.startOfDigits(name, name.length());
        if (word == name.length() || word == 0 || !Constants.endIn(name)) {
            return Optional.empty();
        }
        String prefix = name.substring(0, word);
        return Optional.of(
                new Reading(
                        new NameTemplate(suffixed(prefix, ""), Numbering.COUNT),
                        Pattern.compile(Pattern.quote(prefix)),
                        false));
    }

    /**
     * What shows that a count is put behind this name, and not into it: it, or its like, has one.
     */
    private static Pattern siblings(String name, Span number) {
        String alike =
                number.from() == number.to()
                        ? Pattern.quote(name)
                        : new NameTemplate(infixed(name, number), Numbering.COUNT).regex();
        return Pattern.compile(alike + new Count(1).regex());
    }

    /** A count at the end; the first file may have none, if nothing separates it or it is START. */
    private static List<NamePart> suffixed(String prefix, String number) {
        boolean separated = prefix.isEmpty() || !Character.isLetterOrDigit(lastChar(prefix));
        boolean bare = number.isEmpty() || !separated;
        return List.of(new Literal(prefix), countLike(number, bare));
    }

    private static List<NamePart> infixed(String name, Span number) {
        String prefix = name.substring(0, number.from());
        boolean separated = prefix.isEmpty() || !Character.isLetter(lastChar(prefix));
        boolean bare = number.from() == number.to() || !separated;
        return List.of(
                new Literal(prefix),
                countLike(number.of(name), bare),
                new Literal(name.substring(number.to())));
    }

    private static NamePart countLike(String number, boolean bare) {
        Count count = new Count(bare ? 0 : 1);
        boolean fits = number.isEmpty() || count.match(number, 0) != NamePart.NO_MATCH;
        return fits ? count : new Digits(1, Integer.MAX_VALUE);
    }

    /**
     * The last run of digits that is no constant; empty, at the end of the name, if there is none.
     */
    private static Span lastNumber(String name, List<Span> constants) {
        int end = name.length();
        while (end > 0) {
            int from = NamePart.startOfDigits(name, end);
            if (from == end) {
                end--;
                continue;
            }
            int free = from;
            for (Span constant : constants) {
                if (constant.from() <= from && constant.to() > from) {
                    free = Math.min(constant.to(), end);
                }
            }
            if (free < end) {
                return new Span(free, end);
            }
            end = from;
        }
        return new Span(name.length(), name.length());
    }

    private static int endOfStem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? dot : name.length();
    }

    private static char lastChar(String text) {
        return text.charAt(text.length() - 1);
    }
}
