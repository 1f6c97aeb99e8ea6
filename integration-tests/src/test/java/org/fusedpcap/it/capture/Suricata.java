package org.fusedpcap.it.capture;

import java.nio.file.Path;
import org.fusedpcap.it.machine.Machine;
import org.fusedpcap.it.machine.Program;

/**
 * A suricata at work, with a rule that fires for each marked packet.
 *
 * @param machine where it runs
 * @param name which one it is
 * @param program its process
 */
public record Suricata(Machine machine, String name, Program program) {

    private static final String SETTINGS = "/work/suricata";

    /** Puts settings and rules there. */
    public static void install(Machine machine) {
        machine.put(Path.of("src/test/resources/suricata"), SETTINGS);
    }

    /** Starts one. */
    public static Suricata start(Machine machine, String name, String capture) {
        machine.run("mkdir", Machine.GOT + "/" + name);
        Program program =
                machine.start(
                        name,
                        "suricata",
                        // One thread, so that packets stay in their order.
                        "--runmode=single",
                        "-k",
                        "none",
                        "-c",
                        SETTINGS + "/suricata.yaml",
                        "-S",
                        SETTINGS + "/marker.rules",
                        "-l",
                        Machine.GOT + "/" + name,
                        "-r",
                        capture);
        return new Suricata(machine, name, program);
    }

    /** Number of alerts, once it has ended. */
    public long alerts() {
        String lines = machine.sh("wc -l < %s/%s/alerts.json".formatted(Machine.GOT, name));
        return Long.parseLong(lines.strip());
    }

    /** All packets that it has read, once it has ended. */
    public Path packets() {
        machine.sh("cd %s; mv %s/read.pcap.* %2$s.pcap".formatted(Machine.GOT, name));
        return machine.fetch(Machine.GOT + "/" + name + ".pcap");
    }
}
