package org.fusedpcap.it;

import org.fusedpcap.it.capture.Live;
import org.fusedpcap.it.machine.Machine;
import org.fusedpcap.it.machine.Machines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real capture programs write while tcpdump follows them through the mount. */
@ExtendWith(Machines.class)
class LiveWritersIT {

    @Test
    void shouldFollowDaemonlogger(Machine machine) {
        Live live = Live.of(machine);
        live.write("daemonlogger", "-i", "@IF", "-l", "@DIR", "-s", "2000000", "-c", "@N");
        live.assertFollowed(live.files());
        machine.unmount();
    }

    @Test
    void shouldFollowTcpdumpThatRollsOverBySize(Machine machine) {
        Live live = Live.of(machine);
        live.write(
                "tcpdump",
                "-Z",
                "root",
                "-i",
                "@IF",
                "-w",
                "@DIR/trace.pcap",
                "-C",
                "1",
                "-c",
                "@N");
        live.assertFollowed(live.files());
        machine.unmount();
    }

    @Test
    void shouldFollowTcpdumpThatRollsOverByTime(Machine machine) {
        Live live = Live.of(machine);
        live.write(
                "tcpdump",
                "-Z",
                "root",
                "-i",
                "@IF",
                "-w",
                "@DIR/trace-%Y-%m-%d_%H.%M.%S.pcap",
                "-G",
                "1",
                "-U",
                "-c",
                "@N");
        live.assertFollowed(live.files());
        machine.unmount();
    }

    @Test
    void shouldFollowTcpdumpThatUsesItsFilesAgain(Machine machine) {
        Live live = Live.of(machine);
        live.write(
                "tcpdump",
                "-Z",
                "root",
                "-i",
                "@IF",
                "-w",
                "@DIR/ring.pcap",
                "-C",
                "1",
                "-W",
                "3",
                "-c",
                "@N");
        live.assertFollowed(live.traffic());
        machine.unmount();
    }

    @Test
    void shouldFollowRingOfDumpcap(Machine machine) {
        Live live = Live.of(machine);
        live.write(
                "dumpcap",
                "-q",
                "-P",
                "-i",
                "@IF",
                "-w",
                "@DIR/trace.pcap",
                "-b",
                "filesize:1000",
                "-b",
                "files:3",
                "-c",
                "@N");
        live.assertFollowed(live.traffic());
        machine.unmount();
    }

    @Test
    void shouldFollowNetsniff(Machine machine) {
        Live live = Live.of(machine);
        live.write("netsniff-ng", "-A", "-i", "@IF", "-o", "@DIR", "-s", "-F", "2sec", "-n", "@N");
        live.assertFollowed(live.files());
        machine.unmount();
    }
}
