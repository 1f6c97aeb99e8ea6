package org.fusedpcap.testkit.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes such as 64K, 100M or 2G, powers of 1024. */
final class ByteSize implements ITypeConverter<Long> {

    private static final String SUFFIXES = "KMGT";
    private static final int SHIFT = 10;

    @Override
    public Long convert(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        int suffix = upper.isEmpty() ? -1 : SUFFIXES.indexOf(upper.charAt(upper.length() - 1));
        String digits = suffix < 0 ? upper : upper.substring(0, upper.length() - 1);
        if (!digits.matches("[0-9]{1,12}")) {
            throw new TypeConversionException("'" + text + "' is no size such as 64K, 100M or 2G");
        }
        return Math.multiplyExact(Long.parseLong(digits), 1L << SHIFT * (suffix + 1));
    }
}
