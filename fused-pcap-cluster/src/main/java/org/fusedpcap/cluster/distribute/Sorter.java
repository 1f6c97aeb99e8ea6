package org.fusedpcap.cluster.distribute;

import java.lang.invoke.VarHandle;
import java.util.List;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.PcapHeader;

/**
 * Hands what is in a fill to the members' shares. There is one for each format, so that the walk
 * over a fill is a loop over one kind of unit. Used under the distributor's lock; allocates nothing
 * for a packet.
 */
abstract sealed class Sorter permits RecordSorter, BlockSorter {

    /** Bytes of records that a chooser is shown when it asks. */
    private static final int SHOWN_AT_A_TIME = 16 * 1024;

    private final Share[] shares;

    /** Numbers of the shares that have to be published, the first {@link #touchedCount}. */
    private final int[] touched;

    private int touchedCount;

    /** The fill that is handed out now, and those that come next. */
    private Fill current = new Fill();

    private Iterable<Fill> next = List.of();

    Sorter(MemberChooser chooser, Share[] shares) {
        this.shares = shares;
        this.touched = new int[shares.length];
        chooser.lookAheadAt(this::showMore);
    }

    /** The sorter for a stream. */
    static Sorter of(CaptureHeader format, MemberChooser chooser, Share[] shares) {
        return format instanceof PcapHeader pcap
                ? new RecordSorter(pcap, chooser, shares)
                : new BlockSorter(format, chooser, shares);
    }

    /**
     * Adds everything in a fill to the shares and publishes it.
     *
     * @param following what the chooser may look at ahead of its turn; may be empty
     * @throws IllegalStateException if the source put something that is not whole records
     */
    final void handOut(Fill fill, Iterable<Fill> following) {
        current = fill;
        next = following;
        sort(fill);
        fill.clear();
        publish();
    }

    /** Adds everything in a fill to the shares. */
    abstract void sort(Fill fill);

    /** Where the packet ends in the fill being sorted that is being placed. */
    abstract int placing();

    /**
     * Shows the chooser packets ahead of their turn.
     *
     * @param from where the first one's unit begins, in the fill's slab
     * @param enough where to stop, behind the unit that reaches it
     * @param end where the fill ends
     * @return where the last one's unit ends
     */
    abstract int show(Slab slab, int from, int enough, int end);

    private boolean showMore() {
        if (show(current, placing())) {
            return true;
        }
        for (Fill fill : next) {
            if (show(fill, fill.from())) {
                return true;
            }
        }
        return false;
    }

    /** Shows the next few packets of a fill, from an offset on; false if all have been shown. */
    private boolean show(Fill fill, int from) {
        int at = Math.max(from, fill.shown());
        int end = fill.to();
        if (at >= end) {
            return false;
        }
        fill.shown(show(fill.slab(), at, Math.min(end, at + SHOWN_AT_A_TIME), end));
        return true;
    }

    /** Adds an extent to a member's share. */
    final void add(int member, long extent, int packets) {
        if (shares[member].add(extent, packets)) {
            touched[touchedCount++] = member;
        }
    }

    /** Adds an extent without a packet to all shares. */
    final void addToAll(long extent) {
        for (int i = 0; i < shares.length; i++) {
            add(i, extent, 0);
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

    /** What is thrown where a source does not keep its promise. */
    static IllegalStateException notWhole() {
        return new IllegalStateException("the source put something else than whole records");
    }
}
