package org.fusedpcap.testkit.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A frame that is built once and then written again and again, each time with another marker and
 * the checksum that belongs to it. The checksum is not added up anew: it is the one of the frame
 * with zeroes in the marker's place, and the marker's sum on top (RFC 1624). Immutable.
 */
final class Frame {

    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] head;
    private final int filler;
    private final int messageOffset;
    private final int markerOffset;
    private final int checksumOffset;
    private final Checksum checksum;
    private final int sequenceOffset;
    private final int base;

    private Frame(byte[] built, int messageOffset, Message message) {
        this.messageOffset = messageOffset;
        this.filler = message.filler();
        this.markerOffset = messageOffset + message.markerOffset();
        this.checksumOffset = messageOffset + message.checksumOffset();
        this.checksum = message.checksum();
        this.sequenceOffset =
                message.sequenceOffset() < 0
                        ? Message.NO_SEQUENCE
                        : messageOffset + message.sequenceOffset();
        this.head = Arrays.copyOf(built, built.length - filler);
        this.base = checksum == Checksum.INTERNET || checksum == Checksum.UDP ? withoutMarker() : 0;
    }

    /**
     * A frame to write again and again.
     *
     * @param built the whole frame as it was built, transport sequence numbers zero
     * @param messageOffset where {@code message} begins in it
     * @param message what it carries
     */
    static Frame of(byte[] built, int messageOffset, Message message) {
        return new Frame(built, messageOffset, message);
    }

    private int withoutMarker() {
        long placeholder = Checksum.words(head, markerOffset, Marker.LENGTH);
        int sum = ~(short) SHORT.get(head, checksumOffset) & 0xffff;
        return Checksum.fold(sum + (~inPlace(placeholder) & 0xffff));
    }

    /**
     * A sum as the message's checksum sees it: bytes swapped if the marker begins on an odd one.
     */
    private int inPlace(long sum) {
        int folded = Checksum.fold(sum);
        boolean odd = (markerOffset - messageOffset & 1) != 0;
        return odd ? (folded & 0xff) << 8 | folded >>> 8 : folded;
    }

    /** Length of the frame, in bytes. */
    int length() {
        return head.length + filler;
    }

    /** Length of marker and filler, in bytes. */
    int payload() {
        return Marker.LENGTH + filler;
    }

    /**
     * Writes the frame.
     *
     * @param out where to
     * @param offset where it begins in {@code out}
     * @param marker the frame's marker
     * @param sequence the transport's sequence number, where there is one
     * @param acknowledgement the transport's acknowledgement number, where there is one
     * @return length of the frame, in bytes
     */
    int write(byte[] out, int offset, Marker marker, int sequence, int acknowledgement) {
        System.arraycopy(head, 0, out, offset, head.length);
        Filler.copy(out, offset + head.length, filler);
        int sum = marker.write(out, offset + markerOffset);
        if (sequenceOffset >= 0) {
            INT.set(out, offset + sequenceOffset, sequence);
        }
        switch (checksum) {
            case INTERNET -> internet(out, offset, sum, sequence, acknowledgement);
            case UDP -> udp(out, offset, sum);
            case CRC32C -> crc(out, offset);
            case NONE -> {}
        }
        return length();
    }

    private void internet(byte[] out, int offset, int sum, int sequence, int acknowledgement) {
        long total = base + inPlace(sum);
        if (sequenceOffset >= 0) {
            INT.set(out, offset + sequenceOffset + Integer.BYTES, acknowledgement);
            total += halves(sequence) + halves(acknowledgement);
        }
        SHORT.set(out, offset + checksumOffset, (short) ~Checksum.fold(total));
    }

    private static long halves(int value) {
        return (value >>> 16) + (value & 0xffff);
    }

    private void udp(byte[] out, int offset, int sum) {
        int value = ~Checksum.fold(base + inPlace(sum)) & 0xffff;
        SHORT.set(out, offset + checksumOffset, (short) (value == 0 ? 0xffff : value));
    }

    private void crc(byte[] out, int offset) {
        INT.set(out, offset + checksumOffset, 0);
        CRC32C crc = new CRC32C();
        crc.update(out, offset + messageOffset, length() - messageOffset);
        INT.set(out, offset + checksumOffset, Integer.reverseBytes((int) crc.getValue()));
    }
}
