package org.fusedpcap.cluster.distribute;

import java.io.IOException;

/** Reads the source into slabs. Used under the distributor's lock. */
final class Intake {

    /** The slowest member has to go on first. */
    static final int NO_SLACK = -3;

    private final RecordSource source;
    private final BlockWindow blocks;

    Intake(RecordSource source, BlockWindow blocks) {
        this.source = source;
        this.blocks = blocks;
    }

    /**
     * Reads as many records as fit into one slab.
     *
     * @param fill says afterwards where they are
     * @return number of bytes, {@link RecordSource#NOTHING_YET}, {@link RecordSource#END_OF_STREAM}
     *     or {@link #NO_SLACK}
     * @throws IOException as the source throws it
     */
    int read(Fill fill) throws IOException {
        if (!blocks.hasRoom() && !blocks.open(SlabPool.SLAB_LENGTH)) {
            return NO_SLACK;
        }
        int result = put(fill);
        if (result != RecordSource.RECORD_TOO_LARGE) {
            return result;
        }
        int needed = source.nextRecordLength();
        if (needed <= 0 || needed > Extent.MAX_LENGTH) {
            throw new IOException("a record of " + needed + " bytes cannot be distributed");
        }
        if (!blocks.open(needed)) {
            return NO_SLACK;
        }
        result = put(fill);
        if (result == RecordSource.RECORD_TOO_LARGE) {
            throw new IOException("a record of " + needed + " bytes does not fit where it should");
        }
        return result;
    }

    private int put(Fill fill) throws IOException {
        Slab slab = blocks.current();
        int from = slab.filled();
        int bytes = source.read(slab.writer());
        if (bytes > 0) {
            slab.grow(bytes);
            fill.set(slab, from, from + bytes);
        }
        return bytes;
    }
}
