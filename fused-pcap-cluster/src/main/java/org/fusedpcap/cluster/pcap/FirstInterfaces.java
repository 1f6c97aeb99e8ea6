package org.fusedpcap.cluster.pcap;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Finds the interfaces that pcapng describes before its first packet. */
public final class FirstInterfaces {

    private FirstInterfaces() {}

    /**
     * Link types of the interfaces, in their order.
     *
     * @param blocks from the beginning of a section on, in its byte order; the last one may be cut
     */
    public static List<Integer> linkTypes(ByteBuffer blocks) {
        List<Integer> linkTypes = new ArrayList<>();
        int at = 0;
        int length = BlockWalk.INSTANCE.unitLength(blocks, at);
        while (length > 0 && !BlockWalk.INSTANCE.isPacket(blocks, at)) {
            if (blocks.getInt(at) == PcapngFormat.INTERFACE_DESCRIPTION) {
                linkTypes.add(InterfaceDescription.linkType(blocks, at));
            }
            at += length;
            length = at > blocks.limit() ? 0 : BlockWalk.INSTANCE.unitLength(blocks, at);
        }
        return linkTypes;
    }
}
