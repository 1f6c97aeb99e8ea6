package org.fusedpcap.testkit.traffic;

/**
 * Two hosts that talk to each other, and all that stays the same while they do. Immutable.
 *
 * @param id number of the conversation
 * @param pair number of the pair of addresses, shared by a few conversations
 * @param link what is in front of everything
 * @param transport what they speak
 * @param ipv6 IPv6 instead of IPv4
 * @param first who begins
 * @param second who answers
 * @param tags VLAN tags of the first host's frames
 * @param replyTags VLAN tags of the second host's frames
 * @param encapsulation what the IP packets are wrapped in
 */
record Conversation(
        int id,
        int pair,
        Link link,
        Transport transport,
        boolean ipv6,
        Host first,
        Host second,
        TagStack tags,
        TagStack replyTags,
        Encapsulation encapsulation) {

    Host source(boolean reply) {
        return reply ? second : first;
    }

    Host destination(boolean reply) {
        return reply ? first : second;
    }

    TagStack tags(boolean reply) {
        return reply ? replyTags : tags;
    }

    Marker marker(FrameKind kind, boolean reply, long sequence, int conversationSequence) {
        return new Marker(
                kind,
                reply,
                encapsulation.isIpTunnel(),
                sequence,
                id,
                conversationSequence,
                pair,
                tags(reply).id());
    }
}
