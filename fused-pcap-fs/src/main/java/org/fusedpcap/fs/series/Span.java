package org.fusedpcap.fs.series;

/**
 * A part of a name.
 *
 * @param from index of its first character
 * @param to index behind its last character
 */
record Span(int from, int to) {

    boolean contains(Span other) {
        return from <= other.from && other.to <= to;
    }

    String of(String name) {
        return name.substring(from, to);
    }
}
