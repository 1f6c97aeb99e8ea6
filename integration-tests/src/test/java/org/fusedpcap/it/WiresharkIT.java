package org.fusedpcap.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.it.capture.Judgement.assertGot;

import org.apache.commons.codec.digest.DigestUtils;
import org.fusedpcap.it.capture.Source;
import org.fusedpcap.it.machine.Machine;
import org.fusedpcap.it.machine.Machines;
import org.fusedpcap.it.machine.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Machines.class)
class WiresharkIT {

    private static final String OUT = Machine.GOT + "/wireshark.pcap";

    @Test
    void shouldFollowWithTshark(Machine machine) {
        Source source = Source.ofAll(machine).begun(machine);
        Program tshark =
                machine.start("tshark", "tshark", "-r", Source.FOLLOWED, "-F", "pcap", "-w", OUT);
        tshark.awaitRead(source.begunBytes());
        source.finish(machine);
        tshark.awaitSuccess();
        assertThat(tshark.errors()).doesNotContain("cut short");
        assertGot(source.expectation(), machine.fetch(OUT));
        machine.unmount();
    }

    @Test
    void shouldReadRangeTwiceWithTshark(Machine machine) {
        Source source = Source.ofAll(machine).mounted(machine);
        machine.run("tshark", "-2", "-r", Source.RANGE, "-F", "pcap", "-w", OUT);
        assertGot(source.expectation(), machine.fetch(OUT));
        machine.unmount();
    }

    @Test
    void shouldDescribeRangeWithCapinfos(Machine machine) {
        Source source = Source.ofAll(machine).mounted(machine);
        assertThat(machine.run("capinfos", "-M", "-c", "-s", "-o", "-H", Source.RANGE).lines())
                .map(line -> line.replaceAll("\\s+", " "))
                .contains(
                        "Number of packets: " + source.packets(),
                        "File size: " + source.stream().length + " bytes",
                        "Strict time order: True",
                        "SHA256: " + DigestUtils.sha256Hex(source.stream()));
        machine.unmount();
    }

    @Test
    void shouldCopyFollowedStreamWithEditcap(Machine machine) {
        Source source = Source.ofAll(machine).begun(machine);
        Program editcap = machine.start("editcap", "editcap", "-F", "pcap", Source.FOLLOWED, OUT);
        editcap.awaitRead(source.begunBytes());
        source.finish(machine);
        editcap.awaitSuccess();
        assertGot(source.expectation(), machine.fetch(OUT));
        machine.unmount();
    }
}
