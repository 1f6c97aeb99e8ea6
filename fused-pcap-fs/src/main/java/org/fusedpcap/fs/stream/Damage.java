package org.fusedpcap.fs.stream;

/**
 * What streams could not hand out.
 *
 * @param missedSegments segments that were gone, unreadable or overwritten
 * @param missedBytes bytes in them, as far as their lengths are known
 * @param tornSegments segments that ended in something else than a whole record
 * @param tornBytes bytes dropped at such ends
 * @param unreadableSegments segments in which the disk has failed a reader
 */
public record Damage(
        long missedSegments,
        long missedBytes,
        long tornSegments,
        long tornBytes,
        long unreadableSegments) {

    /** Whether anything was lost at all. */
    public boolean isAny() {
        return missedSegments > 0 || missedBytes > 0 || tornSegments > 0 || unreadableSegments > 0;
    }
}
