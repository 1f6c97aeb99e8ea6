package org.fusedpcap.fs.control;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.fusedpcap.fs.options.names.ControlName;

/**
 * A control file as it is at one moment. Immutable.
 *
 * @param name its name
 * @param text its content: lines with their newlines, or nothing
 * @param modified when it last changed
 */
public record ControlFile(ControlName name, String text, Instant modified) {

    /** The content, as one reads it. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Length of the content in bytes. */
    public int size() {
        return bytes().length;
    }

    /** A file of one line. A file name may have a newline in it; as ? it matches in an end. */
    static ControlFile line(ControlName name, String text, Instant modified) {
        String line = text.replace('\n', '?');
        return new ControlFile(name, line.isEmpty() ? "" : line + "\n", modified);
    }
}
