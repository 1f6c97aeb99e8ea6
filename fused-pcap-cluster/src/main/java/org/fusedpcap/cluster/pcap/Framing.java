package org.fusedpcap.cluster.pcap;

import java.nio.ByteBuffer;

/**
 * How the bytes of a capture fall into units: the records of classic pcap. A unit is what a reader
 * gets whole or not at all. It keeps no position and no state of its own, so one instance serves
 * any number of threads.
 */
public sealed interface Framing permits RecordWalk {

    /** Returned where not enough bytes are there to tell. */
    int INCOMPLETE = 0;

    /** Returned where the lengths make no sense, so that nothing behind can be found. */
    int SENSELESS = -1;

    /** The fewest bytes that tell a unit's length. */
    int headerLength();

    /**
     * Length of the unit that begins at {@code index}, header included.
     *
     * @param bytes the capture's bytes; position and limit are left alone, and only the unit's
     *     header needs to be inside the limit. Its byte order must be the capture's.
     * @param index where the unit begins, absolute in {@code bytes}
     * @return the unit's length in bytes (which may end behind the limit), {@link #INCOMPLETE} if
     *     its header is not all there, or {@link #SENSELESS}
     */
    int unitLength(ByteBuffer bytes, int index);
}
