package org.fusedpcap.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.it.capture.Judgement.assertGot;

import org.fusedpcap.it.capture.Live;
import org.fusedpcap.it.capture.Source;
import org.fusedpcap.it.machine.Machine;
import org.fusedpcap.it.machine.Machines;
import org.fusedpcap.it.machine.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Machines.class)
class KilledIT {

    private static final String OUT = Machine.GOT + "/again.pcap";

    @Test
    void shouldGoOnWhenWriterIsKilledAndStartedAgain(Machine machine) {
        Live live = Live.of(machine);
        live.writeAndKill("daemonlogger", "-i", "@IF", "-l", "@DIR", "-s", "2000000", "-c", "@N");
        live.assertFollowed(live.files());
        machine.unmount();
    }

    @Test
    void shouldFailReadersAndMountAgainWhenDaemonIsKilled(Machine machine) {
        Source source = Source.ofAll(machine).mounted(machine);
        assertFailsReader(machine, source, "KILL");
        assertThat(machine.tryRun("ls", Machine.MNT).getStderr()).contains("not connected");
        machine.mount("");
        assertReads(machine, source);
    }

    @Test
    void shouldFailReadersAndUnmountWhenDaemonIsStopped(Machine machine) {
        Source source = Source.ofAll(machine).mounted(machine);
        assertFailsReader(machine, source, "TERM");
        machine.assertNothingIsLeft();
        machine.mount("");
        assertReads(machine, source);
    }

    // A false end would have the reader believe that it has seen everything.
    private static void assertFailsReader(Machine machine, Source source, String signal) {
        Program cat = machine.start("cat", "sh", "-c", "cat " + Source.FOLLOWED + " >/dev/null");
        Program reader = machine.start("reader", "tcpdump", "-r", Source.FOLLOWED, "-w", OUT);
        reader.awaitRead(source.stream().length);
        // In brackets, or it would find itself.
        machine.run("pkill", "-" + signal, "-f", "[M]ountDaemon");
        assertThat(reader.awaitEnd()).isEqualTo(1);
        assertThat(reader.errors()).contains("error reading dump file");
        assertThat(cat.awaitEnd()).isEqualTo(1);
    }

    private static void assertReads(Machine machine, Source source) {
        machine.run("tcpdump", "-r", Source.RANGE, "-w", OUT);
        assertGot(source.expectation(), machine.fetch(OUT));
        machine.unmount();
    }
}
