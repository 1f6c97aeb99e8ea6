package org.fusedpcap.testkit.cli;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A speed. Immutable.
 *
 * @param perSecond how much a second; 0 for as fast as it goes
 * @param bits whether bits of frames are meant, not packets
 */
record Rate(double perSecond, boolean bits) {

    static final Rate UNLIMITED = new Rate(0, false);

    private static final Pattern SYNTAX =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([kmg]?)(pps|bit)");
    private static final Map<String, Double> FACTORS =
            Map.of("", 1.0, "k", 1e3, "m", 1e6, "g", 1e9);

    /** Reads rates such as 5000pps, 100mbit or 2.5gbit, powers of 1000. */
    static final class Converter implements ITypeConverter<Rate> {

        @Override
        public Rate convert(String text) {
            Matcher matcher = SYNTAX.matcher(text.toLowerCase(Locale.ROOT));
            if (!matcher.matches() || Double.parseDouble(matcher.group(1)) == 0) {
                throw new TypeConversionException(
                        "'" + text + "' is no rate such as 5000pps, 20kpps or 100mbit");
            }
            return new Rate(
                    Double.parseDouble(matcher.group(1)) * FACTORS.get(matcher.group(2)),
                    matcher.group(3).equals("bit"));
        }
    }

    /** Time that so much takes at this rate, in nanoseconds. */
    long nanos(long packets, long bytes) {
        double amount = bits ? 8.0 * bytes : packets;
        return perSecond == 0 ? 0 : (long) (amount / perSecond * 1e9);
    }
}
