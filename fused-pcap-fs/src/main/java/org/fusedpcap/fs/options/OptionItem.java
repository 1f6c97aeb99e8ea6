package org.fusedpcap.fs.options;

/**
 * One option as written: {@code name} or {@code name=value}.
 *
 * @param name what stands before the first {@code =}
 * @param bare whether there is no {@code =} at all
 * @param value what stands behind the first {@code =}, or nothing
 */
record OptionItem(String name, boolean bare, String value) {

    static OptionItem of(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new OptionItem(text, true, "")
                : new OptionItem(text.substring(0, equals), false, text.substring(equals + 1));
    }

    String text() {
        return bare ? name : name + "=" + value;
    }
}
