package org.fusedpcap.testkit.traffic;

import java.util.Random;

/** A conversation as it goes on: builds its frames when they are first needed. For one thread. */
abstract class Talk {

    private final Conversation conversation;
    private final Frame[] errors = new Frame[2 * IcmpErrors.VARIANTS];
    private int said;

    Talk(Conversation conversation) {
        this.conversation = conversation;
    }

    /** The talk of a conversation. */
    static Talk of(Conversation conversation, FrameSizes sizes) {
        return conversation.transport() == Transport.TCP
                ? new TcpTalk(conversation, sizes)
                : new DatagramTalk(conversation, sizes);
    }

    final Conversation conversation() {
        return conversation;
    }

    /** The marker of the conversation's next packet. */
    final Marker marker(FrameKind kind, boolean reply, long sequence) {
        return conversation.marker(kind, reply, sequence, said++);
    }

    /** Writes an ICMP error about a packet of this conversation; otherwise like {@link #next}. */
    final int error(Random random, long sequence, byte[] out, int offset) {
        int index = random.nextInt(errors.length);
        boolean reply = (index & 1) != 0;
        if (errors[index] == null) {
            errors[index] = IcmpErrors.frame(conversation, reply, index / 2);
        }
        return errors[index].write(
                out, offset, marker(FrameKind.ICMP_ERROR, reply, sequence), 0, 0);
    }

    /**
     * Writes the next packet.
     *
     * @param random decides what has to be decided
     * @param sequence its number in the stream
     * @param out where to
     * @param offset where it begins in {@code out}
     * @return length of the frame, in bytes
     */
    abstract int next(Random random, long sequence, byte[] out, int offset);
}
