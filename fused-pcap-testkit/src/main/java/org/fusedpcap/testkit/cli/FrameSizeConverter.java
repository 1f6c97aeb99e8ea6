package org.fusedpcap.testkit.cli;

import java.util.Locale;
import org.fusedpcap.testkit.traffic.FrameSizes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code imix}, {@code mix} or a number of bytes. */
final class FrameSizeConverter implements ITypeConverter<FrameSizes> {

    @Override
    public FrameSizes convert(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (name.equals("imix")) {
            return FrameSizes.IMIX;
        }
        if (name.equals("mix")) {
            return FrameSizes.MIX;
        }
        if (!name.matches("[0-9]{1,5}")) {
            throw new TypeConversionException("'" + text + "' is neither imix, mix nor a length");
        }
        try {
            return FrameSizes.fixed(Integer.parseInt(name));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
