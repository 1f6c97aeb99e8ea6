package org.fusedpcap.cluster.pcap;

import java.nio.ByteBuffer;

/**
 * How the bytes of a capture fall into units: the records of classic pcap, the blocks of pcapng. A
 * unit is what a reader gets whole or not at all. It keeps no position and no state of its own, so
 * one instance serves any number of threads.
 *
 * <p>The byte order of the bytes is that of the buffer, which the walker gives the {@linkplain
 * CaptureHeader#order capture's order} at the first unit. In pcapng a section may have another one;
 * asking for the length of a section header gives the buffer that order. So who walks from unit to
 * unit always has the right one, and who wants to go on from the middle has to note it.
 */
public sealed interface Framing permits RecordWalk, BlockWalk {

    /** Returned where not enough bytes are there to tell. */
    int INCOMPLETE = 0;

    /** Returned where the lengths make no sense, so that nothing behind can be found. */
    int SENSELESS = -1;

    /** Length of the shortest unit, in bytes. */
    int shortestUnit();

    /** So many bytes from a unit's beginning on tell its length, or all if it has fewer. */
    int headerLength();

    /** Number of bytes at each unit's end that {@link #endsRight} judges; 0 if there are none. */
    int trailerLength();

    /**
     * Length of the unit that begins at {@code index}, header included.
     *
     * @param bytes the capture's bytes; position and limit are left alone, and only the unit's
     *     header needs to be inside the limit
     * @param index where the unit begins, absolute in {@code bytes}
     * @return the unit's length in bytes (which may end behind the limit), {@link #INCOMPLETE} if
     *     its header is not all there, or {@link #SENSELESS}
     */
    int unitLength(ByteBuffer bytes, int index);

    /**
     * Whether a unit's last bytes are as they must be. {@link #unitLength} asks it of units that
     * end inside the limit.
     *
     * @param trailer where they begin, absolute in {@code bytes}
     * @param length the unit's length
     */
    boolean endsRight(ByteBuffer bytes, int trailer, int length);

    /**
     * What programs that read captures make of a unit. Where they stop with an error a file must
     * end, or they would have nothing of those behind it.
     *
     * @param bytes holds the unit's header, in its byte order
     * @param index where the unit begins, absolute in {@code bytes}
     * @param length of the unit, as {@link #unitLength} told it
     * @param section what the units before it have described; takes note of this one
     */
    UnitKind kindOf(ByteBuffer bytes, int index, int length, PcapngSection section);

    /** Whether the unit at {@code index}, whose header is there, holds a packet. */
    boolean isPacket(ByteBuffer bytes, int index);
}
