package org.fusedpcap.testkit.traffic;

import java.util.Random;

/** A conversation without connections: any side may speak at any time. */
final class DatagramTalk extends Talk {

    private final FrameSizes sizes;
    private final Frame[] frames;
    private int sentFirst;
    private int sentSecond;
    private boolean asked;

    DatagramTalk(Conversation conversation, FrameSizes sizes) {
        super(conversation);
        this.sizes = sizes;
        this.frames = new Frame[2 * sizes.classes().size()];
    }

    @Override
    int next(Random random, long sequence, byte[] out, int offset) {
        boolean reply = isReply(random);
        int size = sizes.draw(random);
        Frame frame = frame(reply, size);
        int own = reply ? sentSecond++ : sentFirst++;
        return frame.write(out, offset, marker(FrameKind.PLAIN, reply, sequence), own, 0);
    }

    // Questions and echo requests have an answer each; the others talk as they like.
    private boolean isReply(Random random) {
        return switch (conversation().transport()) {
            case DNS, ICMP -> {
                asked = !asked;
                yield !asked;
            }
            default -> random.nextBoolean();
        };
    }

    private Frame frame(boolean reply, int size) {
        int index = 2 * size + (reply ? 1 : 0);
        if (frames[index] == null) {
            int length = sizes.classes().get(size).length();
            Conversation talk = conversation();
            frames[index] =
                    switch (talk.transport()) {
                        case DNS -> FrameBuilder.frame(talk, reply, DnsMessages.of(talk, reply));
                        case UDP -> build(reply, f -> UdpMessages.data(talk, reply, f), length);
                        case SCTP -> build(reply, f -> SctpMessages.data(talk, reply, f), length);
                        case ICMP -> build(reply, f -> IcmpMessages.echo(talk, reply, f), length);
                        case TCP -> throw new IllegalStateException("TCP has connections");
                    };
        }
        return frames[index];
    }

    private Frame build(boolean reply, Message.Maker maker, int length) {
        return FrameBuilder.frame(conversation(), reply, maker, length);
    }
}
