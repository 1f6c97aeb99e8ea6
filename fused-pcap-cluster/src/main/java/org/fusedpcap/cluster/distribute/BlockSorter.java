package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.Framing;
import org.fusedpcap.cluster.pcap.PcapngFormat;
import org.fusedpcap.cluster.pcap.PcapngSection;

/**
 * Sorts the blocks of pcapng: a packet goes to one member; what all packets rest on, and whatever
 * else there is, goes to each. So each member has sections of its own, with all interfaces.
 */
final class BlockSorter extends Sorter {

    /** Who gets a block that holds no packet. */
    private static final int ALL = -1;

    /** What no link type is, nor an unknown one. */
    private static final int NOT_TOLD = -2;

    private final Framing framing;
    private final ByteOrder firstOrder;
    private final MemberChooser chooser;

    /** The section at the block being placed. */
    private final PcapngSection section = new PcapngSection();

    /** The section behind the blocks shown ahead. */
    private final PcapngSection upcoming = new PcapngSection();

    private int linkType = NOT_TOLD;
    private int upcomingLinkType = NOT_TOLD;

    /** Where the block being placed ends in its slab. */
    private int placing;

    // Bytes of stream before the fill being sorted, and before what has not been shown yet.
    private long sorted;
    private long shown;
    private int fillBegin;

    BlockSorter(CaptureHeader format, MemberChooser chooser, Share[] shares) {
        super(chooser, shares);
        this.framing = format.framing();
        this.firstOrder = format.order();
        this.chooser = chooser;
    }

    @Override
    int placing() {
        return placing;
    }

    /** Blocks in a row for the same members, in the same byte order, are one extent. */
    @Override
    void sort(Fill fill) {
        Slab slab = fill.slab();
        ByteBuffer blocks = slab.walked(section.order() != firstOrder).limit(fill.to());
        fillBegin = fill.from();
        int at = fillBegin;
        int run = at;
        int runPackets = 0;
        int runMember = ALL;
        while (at < fill.to()) {
            ByteOrder order = blocks.order();
            int length = lengthAt(blocks, at);
            placing = at + length;
            int member = place(slab, blocks, at, length);
            if (at > run && (member != runMember || blocks.order() != order)) {
                add(slab, run, at - run, order, runMember, runPackets);
                run = at;
                runPackets = 0;
            }
            runMember = member;
            runPackets += member == ALL ? 0 : 1;
            at = placing;
        }
        add(slab, run, at - run, blocks.order(), runMember, runPackets);
        sorted += at - fillBegin;
    }

    private int place(Slab slab, ByteBuffer blocks, int at, int length) {
        int type = blocks.getInt(at);
        if (PcapngFormat.isPacket(type)) {
            return memberOf(slab, blocks, at, length);
        }
        section.pass(blocks, at);
        if (type == PcapngFormat.SECTION_HEADER) {
            // No member has all of the section.
            blocks.putLong(at + PcapngFormat.SECTION_LENGTH_OFFSET, PcapngFormat.UNKNOWN_LENGTH);
        }
        return ALL;
    }

    private int memberOf(Slab slab, ByteBuffer blocks, int at, int length) {
        int type = section.linkTypeOf(blocks, at);
        if (type != linkType) {
            linkType = type;
            chooser.linkType(type);
        }
        return chooser.memberOf(
                slab.packets(),
                at + PcapngFormat.packetOffset(blocks.getInt(at)),
                section.capturedLength(blocks, at, length),
                PcapngFormat.originalLength(blocks, at));
    }

    private void add(Slab slab, int begin, int length, ByteOrder order, int member, int packets) {
        long extent = Extent.of(slab.number(), begin, length);
        if (order != firstOrder) {
            extent = Extent.inOtherOrder(extent);
        }
        if (member == ALL) {
            addToAll(extent);
        } else {
            add(member, extent, packets);
        }
    }

    @Override
    int show(Slab slab, int from, int enough, int end) {
        long placed = sorted + placing - fillBegin;
        if (shown < placed) {
            shown = placed;
            upcoming.set(section);
        }
        ByteBuffer blocks = slab.walked(upcoming.order() != firstOrder).limit(end);
        int at = from;
        while (at < enough) {
            int length = lengthAt(blocks, at);
            if (PcapngFormat.isPacket(blocks.getInt(at))) {
                learn(slab, blocks, at, length);
            } else {
                upcoming.pass(blocks, at);
            }
            at += length;
        }
        shown += at - from;
        return at;
    }

    private void learn(Slab slab, ByteBuffer blocks, int at, int length) {
        int type = upcoming.linkTypeOf(blocks, at);
        if (type != upcomingLinkType) {
            upcomingLinkType = type;
            chooser.upcomingLinkType(type);
        }
        chooser.learn(
                slab.packets(),
                at + PcapngFormat.packetOffset(blocks.getInt(at)),
                upcoming.capturedLength(blocks, at, length));
    }

    private int lengthAt(ByteBuffer blocks, int at) {
        int length = framing.unitLength(blocks, at);
        if (length <= 0 || length > blocks.limit() - at) {
            throw notWhole();
        }
        return length;
    }
}
