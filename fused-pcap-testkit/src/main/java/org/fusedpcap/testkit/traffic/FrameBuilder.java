package org.fusedpcap.testkit.traffic;

import org.pcap4j.packet.Packet;

/** Builds the frames of conversations. */
final class FrameBuilder {

    private FrameBuilder() {}

    /** A frame around a message. */
    static Frame frame(Conversation talk, boolean reply, Message message) {
        Packet.Builder ip =
                IpLayer.packet(
                        talk.source(reply).address(),
                        talk.destination(reply).address(),
                        message.protocol(),
                        message.builder());
        byte[] built = Wrapping.frame(talk, reply, ip);
        return Frame.of(built, built.length - message.builder().build().length(), message);
    }

    /** A frame of a given length, in bytes, or the shortest there is if that is longer. */
    static Frame frame(Conversation talk, boolean reply, Message.Maker maker, int length) {
        Frame shortest = frame(talk, reply, maker.make(0));
        int filler = length - shortest.length();
        return filler <= 0 ? shortest : frame(talk, reply, maker.make(filler));
    }
}
