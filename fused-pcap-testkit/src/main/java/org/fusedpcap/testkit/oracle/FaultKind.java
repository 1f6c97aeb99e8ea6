package org.fusedpcap.testkit.oracle;

/** What a reader may have got wrong. */
public enum FaultKind {
    /** Bytes that are no capture, see {@link Problem.Kind#NO_HEADER} and its neighbours. */
    MALFORMED("malformed"),
    /** A file header among the records. */
    HEADER_INSIDE("header inside"),
    /** Half a record at the end. */
    TORN("torn"),
    /** Packets nobody got. */
    MISSING("missing"),
    /** Packets somebody got again. */
    DOUBLED("doubled"),
    /** Packets that came after later ones. */
    OUT_OF_ORDER("out of order"),
    /** Packets whose bytes, lengths or time are not those of the source. */
    ALTERED("altered"),
    /** Packets that are not in the source at all. */
    FOREIGN("foreign"),
    /** Packets without a marker are not as many, or not the same, as in the source. */
    UNMARKED("unmarked wrong"),
    /** A conversation on several members. */
    SPLIT("split"),
    /** The two directions of a conversation on two members. */
    DIRECTIONS_APART("directions apart"),
    /** Fragments on another member than the conversation they belong to. */
    FRAGMENTS_APART("fragments apart"),
    /** ICMP errors on another member than the conversation they quote. */
    ERRORS_APART("ICMP errors apart");

    private final String text;

    FaultKind(String text) {
        this.text = text;
    }

    /** In plain words. */
    public String text() {
        return text;
    }
}
