package org.fusedpcap.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.it.capture.Judgement.assertGot;
import static org.fusedpcap.it.capture.Judgement.assertShared;

import java.util.List;
import java.util.stream.IntStream;
import org.fusedpcap.it.capture.Source;
import org.fusedpcap.it.capture.Suricata;
import org.fusedpcap.it.machine.Machine;
import org.fusedpcap.it.machine.Machines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Machines.class)
class SuricataIT {

    private static final int MEMBERS = 4;

    @Test
    void shouldAlertOncePerPacketOfFollowedStream(Machine machine) {
        Source source = Source.ofUdp(machine).begun(machine);
        Suricata.install(machine);
        Suricata suricata = Suricata.start(machine, "suricata", Source.FOLLOWED);
        suricata.program().awaitRead(source.begunBytes());
        source.finish(machine);
        suricata.program().awaitSuccess();
        assertThat(suricata.alerts()).isEqualTo(source.packets());
        assertGot(source.expectation(), suricata.packets());
        machine.unmount();
    }

    @Test
    void shouldAlertOncePerPacketOfRange(Machine machine) {
        Source source = Source.ofUdp(machine).mounted(machine);
        Suricata.install(machine);
        Suricata suricata = Suricata.start(machine, "suricata", Source.RANGE);
        suricata.program().awaitSuccess();
        assertThat(suricata.alerts()).isEqualTo(source.packets());
        assertGot(source.expectation(), suricata.packets());
        machine.unmount();
    }

    @Test
    void shouldAlertInClusterOfFourAsOftenAsAlone(Machine machine) {
        Source source = Source.ofUdp(machine).mounted(machine);
        Suricata.install(machine);
        Suricata alone = Suricata.start(machine, "alone", Source.RANGE);
        alone.program().awaitSuccess();

        machine.endAfter(Source.last());
        String path = Machine.MNT + "/clustersize=" + MEMBERS + "/" + Source.first();
        List<Suricata> members =
                IntStream.range(0, MEMBERS)
                        .mapToObj(i -> Suricata.start(machine, "member" + i, path))
                        .toList();
        members.forEach(member -> member.program().awaitSuccess());
        assertThat(members).allMatch(member -> member.alerts() > 0);
        assertThat(members.stream().mapToLong(Suricata::alerts).sum())
                .isEqualTo(alone.alerts())
                .isEqualTo(source.packets());
        assertShared(source.expectation(), members.stream().map(Suricata::packets).toList());
        machine.unmount();
    }
}
