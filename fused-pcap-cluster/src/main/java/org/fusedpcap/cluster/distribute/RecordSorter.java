package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;
import org.fusedpcap.cluster.pcap.PcapHeader;
import org.fusedpcap.cluster.pcap.RecordWalk;

/** Sorts the records of classic pcap: each goes to one member. */
final class RecordSorter extends Sorter {

    private static final int FIRST_LENGTH = 8;
    private static final int SECOND_LENGTH = 12;

    private final RecordWalk walk;
    private final int headerLength;
    private final MemberChooser chooser;
    private int placing;

    RecordSorter(PcapHeader format, MemberChooser chooser, Share[] shares) {
        super(chooser, shares);
        this.walk = format.records();
        this.headerLength = walk.headerLength();
        this.chooser = chooser;
    }

    @Override
    int placing() {
        return placing;
    }

    @Override
    int show(Slab slab, int from, int enough, int end) {
        ByteBuffer records = slab.records();
        ByteBuffer packets = slab.packets();
        int at = from;
        while (at < enough) {
            int length = lengthAt(records, at, end);
            chooser.learn(packets, at + headerLength, length - headerLength);
            at += length;
        }
        return at;
    }

    /** Records in a row for the same member are one extent. */
    @Override
    void sort(Fill fill) {
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
    }

    private int lengthAt(ByteBuffer records, int at, int end) {
        int length = end - at < headerLength ? 0 : walk.recordLength(records, at);
        if (length <= 0 || length > end - at) {
            throw notWhole();
        }
        return length;
    }

    // Files before version 2.3 may have the two lengths the other way round.
    private static int originalLength(ByteBuffer records, int at, int captured) {
        int first = records.getInt(at + FIRST_LENGTH);
        return first == captured ? records.getInt(at + SECOND_LENGTH) : first;
    }
}
