package org.fusedpcap.testkit.writer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Puts a pcapng capture together block by block, for what no program that is played writes:
 * interfaces of several link types, sections in several byte orders, and every kind of block. For
 * one thread.
 *
 * <pre>{@code
 * byte[] file = new PcapngBlocks(BIG_ENDIAN)
 *         .section(-1)
 *         .ethernet(9)
 *         .packet(0, timeNanos, frame)
 *         .names()
 *         .toBytes();
 * }</pre>
 *
 * @see <a
 *     href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">draft-ietf-opsawg-pcapng</a>
 */
public final class PcapngBlocks {

    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int NAMES = 4;
    private static final int STATISTICS = 5;
    private static final int ENHANCED_PACKET = 6;
    private static final int SECRETS = 10;
    private static final int CUSTOM = 0x0bad;
    private static final int UNKNOWN = 0x7eed_0001;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int ETHERNET = 1;
    private static final int TLS_KEYS = 0x544c534b;
    private static final int ENTERPRISE = 32473;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;
    private static final int AROUND_BODY = 12;
    private static final int PACKET_FIELDS = 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private ByteOrder order;

    /**
     * @param order byte order of the blocks until it is changed
     */
    public PcapngBlocks(ByteOrder order) {
        this.order = order;
    }

    /** The capture so far. */
    public byte[] toBytes() {
        return bytes.toByteArray();
    }

    /** Its length so far, in bytes. */
    public int length() {
        return bytes.size();
    }

    /** Byte order of the blocks from here on, which begin with a section header. */
    public PcapngBlocks order(ByteOrder other) {
        order = other;
        return this;
    }

    /**
     * A section header.
     *
     * @param length of the section, or -1
     */
    public PcapngBlocks section(long length) {
        ByteBuffer body = body(16).putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0);
        return block(SECTION_HEADER, body.putLong(length));
    }

    /** An Ethernet interface whose time stamps have so many decimals. */
    public PcapngBlocks ethernet(int decimals) {
        return interfaceOf(ETHERNET, 0, decimals, 0);
    }

    /**
     * An interface.
     *
     * @param linkType LINKTYPE_ value
     * @param snaplen 0 for no limit
     * @param resolution if_tsresol
     * @param offsetSeconds if_tsoffset
     */
    public PcapngBlocks interfaceOf(int linkType, int snaplen, int resolution, long offsetSeconds) {
        ByteBuffer body = body(32).putShort((short) linkType).putShort((short) 0).putInt(snaplen);
        body.putShort((short) OPTION_RESOLUTION).putShort((short) 1).put((byte) resolution);
        body.position(16).putShort((short) OPTION_OFFSET).putShort((short) 8);
        return block(INTERFACE_DESCRIPTION, body.putLong(offsetSeconds).putInt(0));
    }

    /** An enhanced packet, with its time in the interface's own units. */
    public PcapngBlocks packet(int interfaceNumber, long ticks, byte[] frame) {
        ByteBuffer body = body(PACKET_FIELDS + frame.length).putInt(interfaceNumber);
        return block(ENHANCED_PACKET, packetFields(body, ticks, frame));
    }

    /** A packet in a block of the kind that was given up. */
    public PcapngBlocks obsoletePacket(int interfaceNumber, long ticks, byte[] frame) {
        ByteBuffer body = body(PACKET_FIELDS + frame.length);
        body.putShort((short) interfaceNumber).putShort((short) 0);
        return block(OBSOLETE_PACKET, packetFields(body, ticks, frame));
    }

    private static ByteBuffer packetFields(ByteBuffer body, long ticks, byte[] frame) {
        body.putInt((int) (ticks >>> Integer.SIZE)).putInt((int) ticks);
        return body.putInt(frame.length).putInt(frame.length).put(frame);
    }

    /** A packet of the first interface, without a time. */
    public PcapngBlocks simplePacket(byte[] frame) {
        return block(SIMPLE_PACKET, body(4 + frame.length).putInt(frame.length).put(frame));
    }

    /** A list of names with one address. */
    public PcapngBlocks names() {
        ByteBuffer body = body(24).putShort((short) 1).putShort((short) 13);
        body.put(new byte[] {10, 0, 0, 1}).put("one.test\0".getBytes(US_ASCII)).position(20);
        return block(NAMES, body.putInt(0));
    }

    /** Statistics of an interface. */
    public PcapngBlocks statistics(int interfaceNumber, long ticks) {
        ByteBuffer body = body(16).putInt(interfaceNumber);
        return block(
                STATISTICS,
                body.putInt((int) (ticks >>> Integer.SIZE)).putInt((int) ticks).putInt(0));
    }

    /** Secrets for decryption. */
    public PcapngBlocks secrets() {
        byte[] keys = "CLIENT_RANDOM 00 00\n".getBytes(US_ASCII);
        return block(SECRETS, body(8 + keys.length).putInt(TLS_KEYS).putInt(keys.length).put(keys));
    }

    /** A custom block, which may be copied. */
    public PcapngBlocks custom(int length) {
        return block(CUSTOM, body(4 + length).putInt(ENTERPRISE));
    }

    /** A block of a type that nobody has heard of. */
    public PcapngBlocks unknown(int length) {
        byte[] filler = new byte[length];
        Arrays.fill(filler, (byte) 0xa5);
        return block(UNKNOWN, body(length).put(filler));
    }

    private ByteBuffer body(int length) {
        return ByteBuffer.allocate(length).order(order);
    }

    private PcapngBlocks block(int type, ByteBuffer body) {
        int length = AROUND_BODY + (body.capacity() + 3 & ~3);
        ByteBuffer block = ByteBuffer.allocate(length).order(order);
        block.putInt(type).putInt(length).put(body.array()).putInt(length - 4, length);
        bytes.writeBytes(block.array());
        return this;
    }
}
