package org.fusedpcap.fs.stream;

/** What came of a read that stays inside a segment. */
public sealed interface SegmentSlice {

    /** Name of the segment that the bytes come from, or would come from. */
    String segment();

    /**
     * Bytes were copied.
     *
     * @param segment see {@link #segment()}
     * @param length how many, at least 1
     */
    record Bytes(String segment, int length) implements SegmentSlice {}

    /**
     * Nothing was copied, because not even the first record fits.
     *
     * @param segment see {@link #segment()}
     * @param length of that record, in bytes
     */
    record TooLong(String segment, int length) implements SegmentSlice {}

    /**
     * Nothing is to be had.
     *
     * @param segment see {@link #segment()}
     * @param why no {@link ReadResult.Data}
     */
    record None(String segment, ReadResult why) implements SegmentSlice {}
}
