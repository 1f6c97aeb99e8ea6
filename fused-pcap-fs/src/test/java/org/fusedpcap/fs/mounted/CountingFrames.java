package org.fusedpcap.fs.mounted;

import java.nio.ByteBuffer;
import org.fusedpcap.testkit.traffic.FrameSource;

/**
 * Frames of equal length, a request and a reply of each conversation in turn, whose addresses,
 * ports or VLAN tags count up one by one.
 */
final class CountingFrames implements FrameSource {

    /** What tells one conversation from the next. */
    enum Counting {
        SOURCE_ADDRESS,
        BOTH_ADDRESSES,
        SOURCE_PORT,
        ADDRESSES_AND_PORTS,
        VLAN_STACK
    }

    private static final int PAYLOAD = 20;
    private static final int VLANS = 128;

    private static final int FIRST_CLIENT = 10 << 24 | 1;
    private static final int FIRST_SERVER = 192 << 24 | 168 << 16 | 1;
    private static final int CLIENT_PORT = 20_000;
    private static final int SERVER_PORT = 443;

    private final Counting counting;
    private int frames;

    CountingFrames(Counting counting) {
        this.counting = counting;
    }

    private record End(int address, int port) {}

    @Override
    public int next(byte[] out, int offset) {
        int conversation = frames / 2;
        boolean reply = frames % 2 == 1;
        frames++;
        End client = client(conversation);
        End server = server(conversation);
        ByteBuffer frame = ByteBuffer.wrap(out, offset, LONGEST_FRAME).slice();
        ethernet(frame, conversation, reply);
        ip(frame, reply ? server : client, reply ? client : server);
        return frame.position();
    }

    private End client(int conversation) {
        return switch (counting) {
            case SOURCE_ADDRESS, BOTH_ADDRESSES, ADDRESSES_AND_PORTS ->
                    new End(FIRST_CLIENT + conversation, portIf(conversation));
            case SOURCE_PORT -> new End(FIRST_CLIENT, CLIENT_PORT + conversation);
            case VLAN_STACK -> new End(FIRST_CLIENT, CLIENT_PORT);
        };
    }

    private int portIf(int conversation) {
        return CLIENT_PORT + (counting == Counting.ADDRESSES_AND_PORTS ? conversation : 0);
    }

    private End server(int conversation) {
        boolean counts =
                counting == Counting.BOTH_ADDRESSES || counting == Counting.ADDRESSES_AND_PORTS;
        return new End(FIRST_SERVER + (counts ? conversation : 0), SERVER_PORT);
    }

    private void ethernet(ByteBuffer frame, int conversation, boolean reply) {
        frame.putShort((short) 0x0200).putInt(reply ? 1 : 2);
        frame.putShort((short) 0x0200).putInt(reply ? 2 : 1);
        if (counting == Counting.VLAN_STACK) {
            frame.putShort((short) 0x88a8).putShort((short) (1 + conversation / VLANS));
            frame.putShort((short) 0x8100).putShort((short) (1 + conversation % VLANS));
        }
        frame.putShort((short) 0x0800);
    }

    private static void ip(ByteBuffer frame, End source, End destination) {
        int udp = 8 + PAYLOAD;
        frame.putShort((short) 0x4500).putShort((short) (20 + udp)).putInt(0);
        frame.putShort((short) 0x4011).putShort((short) 0);
        frame.putInt(source.address()).putInt(destination.address());
        frame.putShort((short) source.port()).putShort((short) destination.port());
        frame.putShort((short) udp).putShort((short) 0);
        frame.put(new byte[PAYLOAD]);
    }
}
