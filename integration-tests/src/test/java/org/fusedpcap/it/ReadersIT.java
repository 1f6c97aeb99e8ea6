package org.fusedpcap.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.it.capture.Judgement.assertGot;

import java.util.List;
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
        List<String> flows = argus(machine, Source.RANGE);
        assertThat(flows).isEqualTo(argus(machine, source.putWhole(machine)));
        assertThat(flows.stream().mapToLong(ReadersIT::lastNumber).sum())
                .isEqualTo(source.packets());
        machine.unmount();
    }

    /** All flows with their times, so that packets that have changed places show, too. */
    private static List<String> argus(Machine machine, String capture) {
        String records = Machine.GOT + "/argus";
        machine.run("rm", "-f", records);
        machine.run("argus", "-X", "-r", capture, "-w", records);
        String fields = "stime ltime saddr sport daddr dport bytes pkts";
        return machine.sh("ra -n -u -p 6 -r %s -s %s - udp".formatted(records, fields))
                .lines()
                .map(String::strip)
                .filter(line -> line.matches(".*\\d"))
                .sorted()
                .toList();
    }

    private static long lastNumber(String line) {
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }

    @Test
    void shouldCountFlowsWithNfpcapd(Machine machine) {
        Source source = Source.ofUdp(machine).mounted(machine);
        List<String> flows = nfpcapd(machine, Source.RANGE);
        assertThat(flows).isEqualTo(nfpcapd(machine, source.putWhole(machine)));
        assertThat(flows.stream().mapToLong(ReadersIT::lastNumber).sum())
                .isEqualTo(source.packets());
        machine.unmount();
    }

    /** The same, as nfdump tells them. */
    private static List<String> nfpcapd(Machine machine, String capture) {
        String records = Machine.GOT + "/flows";
        machine.sh("rm -rf %1$s; mkdir %1$s".formatted(records));
        machine.run("nfpcapd", "-r", capture, "-w", records);
        return machine.run(
                        "nfdump",
                        "-q",
                        "-N",
                        "-R",
                        records,
                        "-o",
                        "fmt:%ts %te %sap %dap %byt %pkt")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }
}
