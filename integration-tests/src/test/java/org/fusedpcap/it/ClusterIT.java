package org.fusedpcap.it;

import static org.fusedpcap.it.capture.Judgement.assertShared;

import java.util.List;
import java.util.stream.IntStream;
import org.fusedpcap.it.capture.Source;
import org.fusedpcap.it.machine.Machine;
import org.fusedpcap.it.machine.Machines;
import org.fusedpcap.it.machine.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Machines.class)
class ClusterIT {

    @Test
    void shouldShareFollowedStreamAmongFourTcpdumps(Machine machine) {
        Source source = Source.ofAll(machine).begun(machine);
        String path = Machine.MNT + "/clustersize=4/" + Source.first();
        List<Program> members =
                IntStream.range(0, 4)
                        .mapToObj(
                                i ->
                                        machine.start(
                                                "member" + i, "tcpdump", "-r", path, "-w", out(i)))
                        .toList();
        // Beyond the file header, so that the cluster has filled up.
        members.forEach(member -> member.awaitRead(25));
        source.finish(machine);
        members.forEach(Program::awaitSuccess);
        assertShared(
                source.expectation(),
                IntStream.range(0, 4).mapToObj(i -> machine.fetch(out(i))).toList());
        machine.unmount();
    }

    private static String out(int member) {
        return Machine.GOT + "/member" + member + ".pcap";
    }
}
