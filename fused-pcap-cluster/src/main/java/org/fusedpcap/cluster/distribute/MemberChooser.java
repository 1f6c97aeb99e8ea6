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

    /** Whether {@link #learn} wants to be called. The answer never changes. */
    default boolean learns() {
        return false;
    }

    /**
     * Shows a packet ahead of its turn, so that an earlier one can be placed by what this one says
     * (the first fragment of a datagram behind the others). Each packet is shown once, before
     * {@link #memberOf} is asked about it, and ahead of it by up to two blocks of stream where so
     * much is there already; it never makes a packet wait.
     *
     * @param buffer as for {@link #memberOf}
     * @param packetOffset as for {@link #memberOf}
     * @param capturedLength as for {@link #memberOf}
     */
    default void learn(ByteBuffer buffer, int packetOffset, int capturedLength) {}
}
