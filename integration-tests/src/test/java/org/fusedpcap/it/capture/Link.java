package org.fusedpcap.it.capture;

import org.fusedpcap.it.machine.Machine;
import org.fusedpcap.it.machine.Program;

/**
 * Two network interfaces of a machine: what is sent to one is captured on the other. For one
 * thread.
 */
public final class Link {

    /** Where capture programs listen. */
    public static final String RECEIVER = "recv0";

    private static final String SENDER = "send0";
    private static final String LIMIT_SECONDS = "90";

    private final Machine machine;
    private int replays;

    private Link(Machine machine) {
        this.machine = machine;
    }

    /** Makes them. They have no addresses and say nothing by themselves. */
    public static Link up(Machine machine) {
        machine.sh(
                """
                ip link add %1$s type veth peer name %2$s
                for side in %1$s %2$s; do ip link set $side addrgenmode none; done
                for side in %1$s %2$s; do ip link set $side mtu 9000 up; done
                """
                        .formatted(RECEIVER, SENDER));
        return new Link(machine);
    }

    /** Starts a program and comes back when it captures. */
    public Program capture(String name, String... command) {
        Program program = machine.start(name, command);
        machine.run("await-capture", RECEIVER, LIMIT_SECONDS);
        return program;
    }

    /** Sends all packets of a capture, in the background. */
    public Program replay(String capture, int packetsPerSecond) {
        replays++;
        return machine.start(
                "replay" + replays,
                "tcpreplay",
                "-q",
                "-i",
                SENDER,
                "--pps=" + packetsPerSecond,
                capture);
    }
}
