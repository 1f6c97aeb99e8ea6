package org.fusedpcap.fs.options;

import java.util.ArrayList;
import java.util.List;

/**
 * How options are written in one string, at mount time and in a path level alike.
 *
 * <pre>
 *   a=1,b=2           two options
 *   filematch=x\,y    a backslash takes the next character as it is (as libfuse does)
 *   filematch="x,y"   so do double quotes for all between them (as mount(8) does)
 *   a=1,,b=2,         empty places between commas are passed over
 * </pre>
 */
final class OptionText {

    private OptionText() {}

    /**
     * Takes {@code text} apart.
     *
     * @throws OptionException if a double quote is not closed
     */
    static List<OptionItem> split(String text) throws OptionException {
        List<OptionItem> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                item.append(text.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                addTo(items, item);
            } else {
                item.append(c);
            }
        }
        if (quoted) {
            throw OptionException.openQuote(text);
        }
        addTo(items, item);
        return items;
    }

    private static void addTo(List<OptionItem> items, StringBuilder item) {
        if (!item.isEmpty()) {
            items.add(OptionItem.of(item.toString()));
            item.setLength(0);
        }
    }

    /** Writes an option so that {@link #split} finds it as it was. */
    static String escape(String item) {
        return item.replace("\\", "\\\\").replace(",", "\\,").replace("\"", "\\\"");
    }

    /** Writes an option so that libfuse, which knows no quotes, finds it as it was. */
    static String escapeForFuse(String item) {
        return item.replace("\\", "\\\\").replace(",", "\\,");
    }
}
