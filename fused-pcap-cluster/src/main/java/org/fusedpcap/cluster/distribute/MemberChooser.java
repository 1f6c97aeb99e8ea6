package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;

/**
 * Chooses the member that gets a packet. It is called by one thread at a time, not always the same
 * one, in the order of the stream; it allocates nothing and throws nothing, whatever the bytes are.
 */
public interface MemberChooser {

    /**
     * The member for a packet.
     *
     * @param buffer holds the packet; its order is big-endian, its position means nothing and stays
     * @param packetOffset where the packet's first byte is, absolute in {@code buffer}
     * @param capturedLength number of bytes there, 0 or more
     * @param originalLength number of bytes there were on the wire, unsigned, as the record says
     * @return number of a member, from 0
     */
    int memberOf(ByteBuffer buffer, int packetOffset, int capturedLength, int originalLength);

    /**
     * Says which link type the packets have that {@link #memberOf} is asked about from now on,
     * where a stream may have several.
     *
     * @param linkType LINKTYPE_ value, or negative where it is not known
     */
    default void linkType(int linkType) {}

    /** The same for the packets that are shown by {@link #learn} from now on. */
    default void upcomingLinkType(int linkType) {}

    /**
     * Whether it will look ahead: whether up to a block of the stream, where so much is there
     * already, is to be held back behind the packets that are being placed. The answer never
     * changes.
     */
    default boolean looksAhead() {
        return false;
    }

    /**
     * Says, once and before anything else, where to ask for the packets that come next, so that one
     * can be placed by what a later one says (the first fragment of a datagram behind the others).
     * They are up to two blocks of stream; it never makes a packet wait.
     *
     * @param upcoming may be asked whenever {@link #memberOf} is
     */
    default void lookAheadAt(UpcomingPackets upcoming) {}

    /**
     * Shows a packet ahead of its turn, because {@link UpcomingPackets#showMore} was asked. Each
     * packet is shown once at most, in the order of the stream, and before {@link #memberOf} is
     * asked about it.
     *
     * @param buffer as for {@link #memberOf}
     * @param packetOffset as for {@link #memberOf}
     * @param capturedLength as for {@link #memberOf}
     */
    default void learn(ByteBuffer buffer, int packetOffset, int capturedLength) {}
}
