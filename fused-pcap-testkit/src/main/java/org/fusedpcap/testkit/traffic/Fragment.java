package org.fusedpcap.testkit.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One fragment of a datagram, to be written again and again with other markers and another
 * identification. Immutable.
 */
final class Fragment {

    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final int V4_IDENTIFICATION = 4;
    private static final int V4_CHECKSUM = 10;
    private static final int V6_IDENTIFICATION_FROM_END = 4;
    private static final int UDP_CHECKSUM = 6;

    private final byte[] head;
    private final int filler;
    private final int ipOffset;
    private final int dataOffset;
    private final boolean ipv6;
    private final boolean first;

    /**
     * @param built the whole frame, identification 0, zeroes where the marker goes
     * @param ipOffset where the IP header begins
     * @param dataOffset where the fragment's piece of the datagram begins
     * @param ipv6 whether it is IPv6
     * @param first whether it has the UDP header
     */
    Fragment(byte[] built, int ipOffset, int dataOffset, boolean ipv6, boolean first) {
        int markerEnd = dataOffset + (first ? UdpMessages.HEADER : 0) + Marker.LENGTH;
        this.head = Arrays.copyOf(built, markerEnd);
        this.filler = built.length - markerEnd;
        this.ipOffset = ipOffset;
        this.dataOffset = dataOffset;
        this.ipv6 = ipv6;
        this.first = first;
    }

    FrameKind kind() {
        return first ? FrameKind.FIRST_FRAGMENT : FrameKind.LATER_FRAGMENT;
    }

    /**
     * Writes the fragment.
     *
     * @param identification the datagram's, 16 bits
     * @param markers sum of the 16-bit words of all the datagram's markers
     * @return length of the frame, in bytes
     */
    int write(byte[] out, int offset, Marker marker, int identification, long markers) {
        System.arraycopy(head, 0, out, offset, head.length);
        Filler.copy(out, offset + head.length, filler);
        marker.write(out, offset + head.length - Marker.LENGTH);
        if (ipv6) {
            int at = offset + dataOffset - V6_IDENTIFICATION_FROM_END;
            INT.set(out, at, identification);
        } else {
            SHORT.set(out, offset + ipOffset + V4_IDENTIFICATION, (short) identification);
            add(out, offset + ipOffset + V4_CHECKSUM, identification);
        }
        if (first) {
            add(out, offset + dataOffset + UDP_CHECKSUM, markers);
        }
        return head.length + filler;
    }

    private static void add(byte[] out, int checksumOffset, long sum) {
        int before = ~(short) SHORT.get(out, checksumOffset) & 0xffff;
        int value = ~Checksum.fold(before + sum) & 0xffff;
        SHORT.set(out, checksumOffset, (short) (value == 0 ? 0xffff : value));
    }
}
