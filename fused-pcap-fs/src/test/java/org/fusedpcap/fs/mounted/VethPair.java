package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Two network cards joined by a wire, in a network namespace of their own, where nobody else sends:
 * what goes into {@link #SENDING} comes out of {@link #CAPTURING}, and nothing else. Needs root.
 */
final class VethPair implements AutoCloseable {

    static final String SENDING = "sending";
    static final String CAPTURING = "capturing";

    private final String namespace = "fused-pcap-" + ProcessHandle.current().pid();

    VethPair() throws IOException {
        run("ip", "netns", "add", namespace);
        try {
            // A card with IPv6 would speak by itself.
            run(inside("sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6"));
            run(inside("ip", "link", "add", SENDING, "type", "veth", "peer", "name", CAPTURING));
            run(inside("ip", "link", "set", SENDING, "up"));
            run(inside("ip", "link", "set", CAPTURING, "up"));
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static void run(String... command) throws IOException {
        Tool.run(command).assertQuiet();
    }

    /** The command line that runs a program where the cards are. */
    String[] inside(String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    /** Number of sockets that listen for packets. */
    long listeners() throws IOException {
        Tool.Result sockets = Tool.run(inside("cat", "/proc/net/packet")).assertQuiet();
        return sockets.output().lines().count() - 1;
    }

    @Override
    public void close() throws IOException {
        Tool.run("ip", "netns", "delete", namespace).assertQuiet();
    }
}
