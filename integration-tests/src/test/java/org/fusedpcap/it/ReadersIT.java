package org.fusedpcap.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.it.capture.Judgement.assertGot;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fusedpcap.it.capture.Link;
import org.fusedpcap.it.capture.Source;
import org.fusedpcap.it.machine.Machine;
import org.fusedpcap.it.machine.Machines;
import org.fusedpcap.it.machine.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Those who read captures each in a way of their own. */
@ExtendWith(Machines.class)
class ReadersIT {

    private static final String OUT = Machine.GOT + "/out.pcap";

    @Test
    void shouldReplayRangeWithTcpreplay(Machine machine) {
        Source source = Source.ofUdp(machine).mounted(machine);
        Link link = Link.up(machine);
        Program receiver =
                link.capture(
                        "receiver",
                        "tcpdump",
                        "-i",
                        Link.RECEIVER,
                        "-c",
                        String.valueOf(source.packets()),
                        "-w",
                        OUT);
        link.replay(Source.RANGE, 2000).awaitSuccess();
        receiver.awaitSuccess();
        assertGot(source.anyTime(), machine.fetch(OUT));
        machine.unmount();
    }

    @Test
    void shouldCutRangeWithTcpslice(Machine machine) {
        Source source = Source.ofAll(machine).mounted(machine);
        machine.run("tcpslice", "-w", OUT, Source.RANGE);
        assertGot(source.expectation(), machine.fetch(OUT));
        machine.unmount();
    }

    @Test
    void shouldReadWithPlainPython(Machine machine) {
        Source source = Source.ofAll(machine).begun(machine);
        String copy =
                """
                import sys
                with open(sys.argv[1], 'rb') as stream, open(sys.argv[2], 'wb') as out:
                    while data := stream.read(65536):
                        out.write(data)
                """;
        Program python = machine.start("python", "python3", "-c", copy, Source.FOLLOWED, OUT);
        python.awaitRead(source.begunBytes());
        source.finish(machine);
        python.awaitSuccess();
        assertThat(machine.fetch(OUT)).hasBinaryContent(source.stream());

        String whole = "import sys; open(sys.argv[2], 'wb').write(open(sys.argv[1], 'rb').read())";
        machine.run("python3", "-c", whole, Source.RANGE, OUT);
        assertThat(machine.fetch(OUT)).hasBinaryContent(source.stream());
        machine.unmount();
    }

    @Test
    void shouldCountFlowsWithArgus(Machine machine) {
        Source source = Source.ofUdp(machine).mounted(machine);
        machine.run("argus", "-X", "-r", Source.RANGE, "-w", Machine.GOT + "/argus");
        String packets =
                machine.run("ra", "-n", "-r", Machine.GOT + "/argus", "-s", "pkts", "-", "udp");
        long sum =
                packets.lines()
                        .map(String::strip)
                        .filter(line -> line.matches("\\d+"))
                        .mapToLong(Long::parseLong)
                        .sum();
        assertThat(sum).isEqualTo(source.packets());
        machine.unmount();
    }

    @Test
    void shouldCountFlowsWithNfpcapd(Machine machine) {
        Source source = Source.ofUdp(machine).mounted(machine);
        machine.run("nfpcapd", "-r", Source.RANGE, "-w", Machine.GOT);
        Matcher packets =
                Pattern.compile("total packets: (\\d+)")
                        .matcher(machine.run("nfdump", "-N", "-R", Machine.GOT));
        assertThat(packets.find()).isTrue();
        assertThat(Long.parseLong(packets.group(1))).isEqualTo(source.packets());
        machine.unmount();
    }
}
