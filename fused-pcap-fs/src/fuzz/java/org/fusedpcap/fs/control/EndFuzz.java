package org.fusedpcap.fs.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fusedpcap.fs.options.Wildcard;
import org.fusedpcap.fs.options.names.ControlName;

/**
 * Any bytes as a write to {@code .end} and as a segment's name: taken or refused, shown again as it
 * was meant, and matched as a regular expression of the same meaning matches it.
 */
public final class EndFuzz {

    private static final ControlName END = ControlName.of(ControlName.Kind.END);
    // What a backtracking matcher can still be trusted with.
    private static final int SHORT = 12;

    private EndFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        int cut = input.length == 0 ? 0 : 1 + (input[0] & 0xff) % input.length;
        byte[] line = Arrays.copyOfRange(input, Math.min(1, cut), cut);
        String segment =
                new String(input, cut, input.length - cut, StandardCharsets.UTF_8)
                        .replaceAll("[/\\x00]", "_");
        String name = segment.isEmpty() ? "x" : segment;
        ControlFiles files = new ControlFiles(Clock.systemUTC());
        try {
            files.write(END, line);
            assertThat(files.find(END).isPresent())
                    .isEqualTo(!new String(line, StandardCharsets.UTF_8).isBlank());
            files.find(END).ifPresent(file -> requireSame(file, files.endAt(name), name));
        } catch (InvalidPatternException e) {
            assertThat(e.getMessage().lines()).hasSize(1);
            assertThat(files.find(END)).isEmpty();
            assertThat(files.endAt(name)).isEmpty();
        }
    }

    private static void requireSame(
            ControlFile file, Optional<ControlName> end, String name) {
        assertThat(file.text()).endsWith("\n");
        String pattern = file.text().strip();
        assertThat(file.text()).isEqualTo(pattern + "\n");
        if (pattern.length() <= SHORT && name.length() <= SHORT) {
            boolean matches = regex(pattern).matcher(name).matches();
            assertThat(new Wildcard(pattern).matches(name)).isEqualTo(matches);
            if (matches) {
                assertThat(end).contains(END);
            }
        }
    }

    private static Pattern regex(String wildcard) {
        StringBuilder regex = new StringBuilder("(?s)");
        wildcard.codePoints()
                .mapToObj(
                        c ->
                                switch (c) {
                                    case '*' -> ".*";
                                    case '?' -> ".";
                                    default -> Pattern.quote(Character.toString(c));
                                })
                .forEach(regex::append);
        return Pattern.compile(regex.toString());
    }
}
