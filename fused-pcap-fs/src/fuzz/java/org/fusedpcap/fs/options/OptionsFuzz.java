package org.fusedpcap.fs.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any text as options: read or refused in one line, and what was read can be written back. */
public final class OptionsFuzz {

    private OptionsFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        asMountOptions(text);
        asLevel(text);
    }

    private static void asMountOptions(String text) {
        try {
            MountOptions options = MountOptions.parse(List.of(text));
            assertThat(options.fuseArgument().lines().count()).isLessThan(text.length() + 2L);
            requireWritable(options.stream());
        } catch (OptionException e) {
            requireOneLine(e);
        }
    }

    private static void asLevel(String text) {
        try {
            requireWritable(StreamOptions.DEFAULTS.withAll(text));
        } catch (OptionException e) {
            requireOneLine(e);
        }
    }

    private static void requireWritable(StreamOptions options) {
        String level = options.levelOver(StreamOptions.DEFAULTS);
        try {
            assertThat(StreamOptions.DEFAULTS.withAll(level)).isEqualTo(options);
        } catch (OptionException e) {
            throw new AssertionError(level, e);
        }
    }

    private static void requireOneLine(OptionException e) {
        assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1000);
        assertThat(e.getMessage().lines()).hasSize(1);
    }
}
