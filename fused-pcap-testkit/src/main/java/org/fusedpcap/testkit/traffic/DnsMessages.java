package org.fusedpcap.testkit.traffic;

import java.net.Inet4Address;
import java.util.List;
import org.pcap4j.packet.DnsDomainName;
import org.pcap4j.packet.DnsPacket;
import org.pcap4j.packet.DnsQuestion;
import org.pcap4j.packet.DnsRDataA;
import org.pcap4j.packet.DnsResourceRecord;
import org.pcap4j.packet.namednumber.DnsClass;
import org.pcap4j.packet.namednumber.DnsOpCode;
import org.pcap4j.packet.namednumber.DnsRCode;
import org.pcap4j.packet.namednumber.DnsResourceRecordType;

/** Questions and answers; the marker is the first label of the name that is asked for. */
final class DnsMessages {

    private static final int HEADER = 12;
    private static final int LABEL_LENGTH = 1;

    // Stands where the marker will be: a builder of names takes text only.
    private static final String LABEL = "m".repeat(Marker.LENGTH);

    private static final Inet4Address ANSWER = Addresses.v4(192, 0, 2, 1);

    private DnsMessages() {}

    /** A question; or, as the reply, the question with its answer. */
    static Message of(Conversation talk, boolean reply) {
        DnsPacket.Builder dns =
                new DnsPacket.Builder()
                        .id((short) talk.id())
                        .response(reply)
                        .opCode(DnsOpCode.QUERY)
                        .recursionDesired(true)
                        .recursionAvailable(reply)
                        .rCode(DnsRCode.NO_ERROR)
                        .qdCount((short) 1)
                        .questions(List.of(question()))
                        .answers(List.of())
                        .authorities(List.of())
                        .additionalInfo(List.of());
        if (reply) {
            dns.anCount((short) 1).answers(List.of(answer()));
        }
        return UdpMessages.of(talk, reply, dns, UdpMessages.HEADER + HEADER + LABEL_LENGTH, 0);
    }

    private static DnsQuestion question() {
        return new DnsQuestion.Builder()
                .qName(new DnsDomainName.Builder().labels(List.of(LABEL, "example")).build())
                .qType(DnsResourceRecordType.A)
                .qClass(DnsClass.IN)
                .build();
    }

    private static DnsResourceRecord answer() {
        return new DnsResourceRecord.Builder()
                .name(new DnsDomainName.Builder().labels(List.of()).pointer((short) HEADER).build())
                .dataType(DnsResourceRecordType.A)
                .dataClass(DnsClass.IN)
                .ttl(60)
                .rData(new DnsRDataA.Builder().address(ANSWER).build())
                .correctLengthAtBuild(true)
                .build();
    }
}
