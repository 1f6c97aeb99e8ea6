package org.fusedpcap.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.it.capture.Judgement.assertGot;

import java.util.stream.Collectors;
import org.fusedpcap.it.capture.Source;
import org.fusedpcap.it.machine.Machine;
import org.fusedpcap.it.machine.Machines;
import org.fusedpcap.it.machine.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Machines.class)
class TcpdumpIT {

    private static final String OUT = Machine.GOT + "/tcpdump.pcap";

    @Test
    void shouldFollowWithTcpdump(Machine machine) {
        Source source = Source.ofAll(machine).begun(machine);
        Program tcpdump = machine.start("tcpdump", "tcpdump", "-r", Source.FOLLOWED, "-w", OUT);
        tcpdump.awaitRead(source.begunBytes());
        source.finish(machine);
        tcpdump.awaitSuccess();
        assertThat(tcpdump.errors()).doesNotContain("truncated");
        assertGot(source.expectation(), machine.fetch(OUT));
        machine.unmount();
    }

    @Test
    void shouldReadRangeWithTcpdump(Machine machine) {
        Source source = Source.ofAll(machine).mounted(machine);
        machine.run("tcpdump", "-r", Source.RANGE, "-w", OUT);
        assertGot(source.expectation(), machine.fetch(OUT));
        machine.unmount();
    }

    @Test
    void shouldGiveEachProcessAnEndOfItsOwn(Machine machine) {
        Source source = Source.ofAll(machine).mounted(machine);
        Program ended = machine.start("ended", "tcpdump", "-r", Source.FOLLOWED, "-w", OUT);
        Program other =
                machine.start("other", "tcpdump", "-r", Source.FOLLOWED, "-w", OUT + ".other");
        machine.sh("echo '*' > %s/.end.%d".formatted(Machine.MNT, ended.pid()));
        ended.awaitSuccess();
        assertThat(machine.sh("ls -a " + Machine.MNT).lines().collect(Collectors.toList()))
                .contains(".last." + ended.pid(), ".next." + ended.pid());
        machine.endAfter(Source.last());
        other.awaitSuccess();
        assertGot(source.expectation(), machine.fetch(OUT + ".other"));
        machine.unmount();
    }
}
