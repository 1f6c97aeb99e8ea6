package org.fusedpcap.cluster.distribute;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.fusedpcap.cluster.pcap.PcapHeader;
import org.fusedpcap.cluster.pcap.RecordWalk;

/**
 * Hands the records of a fill to the members' shares. Used under the distributor's lock; allocates
 * nothing.
 */
final class Sorter {

    private static final int FIRST_LENGTH = 8;
    private static final int SECOND_LENGTH = 12;

    /** Bytes of records that a chooser is shown when it asks. */
    private static final int SHOWN_AT_A_TIME = 16 * 1024;

    private final RecordWalk walk;
    private final int headerLength;
    private final MemberChooser chooser;
    private final Share[] shares;

    /** Numbers of the shares that have to be published, the first {@link #touchedCount}. */
    private final int[] touched;

    private int touchedCount;

    /** The fills that are handed out now and next. */
    private Fill current = new Fill();

    private Fill next = current;

    /** Where the packet ends in {@link #current} that is being placed. */
    private int placing;

    Sorter(PcapHeader format, MemberChooser chooser, Share[] shares) {
        this.walk = format.records();
        this.headerLength = walk.headerLength();
        this.chooser = chooser;
        this.shares = shares;
        this.touched = new int[shares.length];
        chooser.lookAheadAt(this::showMore);
    }

    private boolean showMore() {
        return show(current, placing) || show(next, next.from());
    }

    /** Shows the next few packets of a fill, from an offset on; false if all have been shown. */
    private boolean show(Fill fill, int from) {
        int at = Math.max(from, fill.shown());
        int end = fill.to();
        if (at >= end) {
            return false;
        }
        ByteBuffer records = fill.slab().records();
        ByteBuffer packets = fill.slab().packets();
        for (int enough = at + SHOWN_AT_A_TIME; at < end && at < enough; ) {
            int length = lengthAt(records, at, end);
            chooser.learn(packets, at + headerLength, length - headerLength);
            at += length;
        }
        fill.shown(at);
        return true;
    }

    /**
     * Adds all records of a fill to the shares and publishes them; records in a row for the same
     * member are one extent.
     *
     * @param following what the chooser may look at ahead of its turn; may be empty
     * @throws IllegalStateException if the source put something that is not whole records
     */
    void handOut(Fill fill, Fill following) {
        current = fill;
        next = following;
        Slab slab = fill.slab();
        ByteBuffer records = slab.records();
        ByteBuffer packets = slab.packets();
        int end = fill.to();
        int at = fill.from();
        int run = at;
        int runRecords = 0;
        int runMember = -1;
        while (at < end) {
            int length = lengthAt(records, at, end);
            int captured = length - headerLength;
            int original = originalLength(records, at, captured);
            placing = at + length;
            int member = chooser.memberOf(packets, at + headerLength, captured, original);
            if (member != runMember) {
                if (runRecords > 0) {
                    add(runMember, Extent.of(slab.number(), run, at - run), runRecords);
                }
                runMember = member;
                run = at;
                runRecords = 0;
            }
            runRecords++;
            at += length;
        }
        add(runMember, Extent.of(slab.number(), run, at - run), runRecords);
        fill.clear();
        publish();
    }

    private void add(int member, long extent, int records) {
        if (shares[member].add(extent, records)) {
            touched[touchedCount++] = member;
        }
    }

    private void publish() {
        for (int i = 0; i < touchedCount; i++) {
            shares[touched[i]].publish();
        }
        VarHandle.fullFence();
        for (int i = 0; i < touchedCount; i++) {
            shares[touched[i]].wake();
        }
        touchedCount = 0;
    }

    private int lengthAt(ByteBuffer records, int at, int end) {
        int length = end - at < headerLength ? 0 : walk.recordLength(records, at);
        if (length <= 0 || length > end - at) {
            throw new IllegalStateException("the source put something else than whole records");
        }
        return length;
    }

    // Files before version 2.3 may have the two lengths the other way round.
    private static int originalLength(ByteBuffer records, int at, int captured) {
        int first = records.getInt(at + FIRST_LENGTH);
        return first == captured ? records.getInt(at + SECOND_LENGTH) : first;
    }
}
