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

    static ControlFile line(ControlName name, String line, Instant modified) {
        return new ControlFile(name, line.isEmpty() ? "" : line + "\n", modified);
    }
}
