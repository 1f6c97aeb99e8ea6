package org.fusedpcap.fs.stream;

/**
 * What came of a read that stays inside a segment.
 *
 * @param segment name of the segment that the bytes come from, or would come from
 * @param result the bytes, which end where a record ends; or why there are none
 * @param tooLong length of the record there if it is longer than what was asked for, and nothing is
 *     returned for that reason; or else 0
 */
public record SegmentSlice(String segment, ReadResult result, int tooLong) {

    static SegmentSlice of(String segment, ReadResult result) {
        return new SegmentSlice(segment, result, 0);
    }

    static SegmentSlice tooLong(String segment, long length) {
        return new SegmentSlice(segment, ReadResult.Nothing.NOT_YET, Math.toIntExact(length));
    }
}
