package org.fusedpcap.fs.control;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.fs.options.Wildcard;

/**
 * Where a stream is to end: a file name or a {@link Wildcard} for file names. Immutable.
 *
 * @param wildcard the pattern
 */
record EndPattern(Wildcard wildcard) {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_LINE = 4096;
    private static final List<String> COMPRESSED = List.of(".gz", ".zst", ".lz4", ".xz");

    /**
     * Reads one line, with a newline behind it or without; white space around the pattern is
     * dropped.
     *
     * @return the pattern, or empty for an empty line
     * @throws InvalidPatternException if no file can have such a name
     */
    static Optional<EndPattern> parse(byte[] line) throws InvalidPatternException {
        String text = decode(line).strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        require(text.indexOf('\n') < 0, "one line is one pattern, here are several");
        require(text.indexOf('/') < 0, "a file name has no slash; segments are in this directory");
        require(text.indexOf('\0') < 0, "a file name has no NUL byte");
        require(!text.equals(".") && !text.equals(".."), "that is a directory, not a file name");
        require(
                text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME,
                "a file name has at most 255 bytes");
        return Optional.of(new EndPattern(new Wildcard(text)));
    }

    private static String decode(byte[] line) throws InvalidPatternException {
        require(line.length <= LONGEST_LINE, "a file name has at most 255 bytes");
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidPatternException("not UTF-8; a ? or * stands for such a character");
        }
    }

    private static void require(boolean holds, String why) throws InvalidPatternException {
        if (!holds) {
            throw new InvalidPatternException(why);
        }
    }

    /**
     * Whether a segment is meant: by its name, or by the name it had before its writer compressed
     * it, for that is still the same segment.
     */
    boolean matches(String segment) {
        return wildcard.matches(segment)
                || COMPRESSED.stream()
                        .filter(segment::endsWith)
                        .map(suffix -> segment.substring(0, segment.length() - suffix.length()))
                        .anyMatch(wildcard::matches);
    }
}
