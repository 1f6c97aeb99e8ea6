package org.fusedpcap.fs.options;

/**
 * An option that cannot be used. The message is one line that says what is wrong and what would be
 * right, fit for standard error and for the log: control characters in it are replaced, and a long
 * value is cut.
 */
public final class OptionException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 80;

    /** What is wrong. */
    public enum Kind {
        /** There is no option of that name: as a path level this is {@code ENOENT}. */
        UNKNOWN_NAME,
        /** The option exists, the value is none of its values: {@code EINVAL}. */
        BAD_VALUE,
        /** The option exists elsewhere, but would break what is promised here: {@code EINVAL}. */
        NOT_ALLOWED
    }

    private final Kind kind;

    private OptionException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static OptionException unknownName(String name, String hint) {
        return new OptionException(Kind.UNKNOWN_NAME, quote(name) + ": unknown option; " + hint);
    }

    static OptionException badValue(String name, String value, String expected) {
        return new OptionException(
                Kind.BAD_VALUE, quote(name + "=" + value) + ": must be " + expected);
    }

    static OptionException missingValue(String name, String expected) {
        return new OptionException(Kind.BAD_VALUE, name + ": needs a value, " + expected);
    }

    static OptionException unexpectedValue(String name, String value) {
        return new OptionException(
                Kind.BAD_VALUE,
                quote(name + "=" + value) + ": takes no value, write " + name + " alone");
    }

    static OptionException openQuote(String text) {
        return new OptionException(Kind.BAD_VALUE, quote(text) + ": the closing \" is missing");
    }

    static OptionException notAllowed(String name, String why) {
        return new OptionException(Kind.NOT_ALLOWED, name + ": not possible here; " + why);
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    private static String quote(String text) {
        return OneLine.of(text, LONGEST_QUOTE);
    }
}
