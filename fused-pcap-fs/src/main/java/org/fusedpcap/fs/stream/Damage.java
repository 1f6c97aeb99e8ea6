package org.fusedpcap.fs.stream;

/**
 * What streams could not hand out.
 *
 * @param missedSegments segments that were gone, unreadable or overwritten
 * @param missedBytes bytes known to be missing in segments that were there
 * @param tornSegments segments that ended in something else than a whole record
 * @param tornBytes bytes dropped at such ends
 */
public record Damage(long missedSegments, long missedBytes, long tornSegments, long tornBytes) {

    /** Whether anything was lost at all. */
    public boolean isAny() {
        return missedSegments > 0 || missedBytes > 0 || tornSegments > 0;
    }
}
