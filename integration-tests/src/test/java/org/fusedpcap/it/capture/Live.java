package org.fusedpcap.it.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.it.capture.Judgement.assertGot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fusedpcap.it.machine.Machine;
import org.fusedpcap.it.machine.Program;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.TrafficSpec;

/**
 * A capture program that writes what tcpreplay sends, and a tcpdump that follows it through the
 * mount, all at the same time. For one thread.
 */
public final class Live {

    private static final TrafficSpec TRAFFIC = TrafficSpec.ofSeed(11).with(Profile.PLAIN);
    private static final int PACKETS = 6000;
    // So few that a busy machine neither drops packets nor lets a ring overtake its reader.
    private static final int PACKETS_PER_SECOND = 750;
    private static final int FEWEST_SEGMENTS = 2;
    private static final String FEED = "/work/feed/";
    private static final String OUT = Machine.GOT + "/follower.pcap";

    private final Machine machine;
    private final Link link;
    private Program follower;

    private Live(Machine machine, Link link) {
        this.machine = machine;
        this.link = link;
    }

    /** Has all there but the capture program. */
    public static Live of(Machine machine) {
        try {
            Path feed = Files.createDirectory(machine.folder().resolve("feed"));
            Captures.in(feed)
                    .traffic(TRAFFIC)
                    .segment("0", PACKETS)
                    .traffic(TRAFFIC.from(PACKETS))
                    .segment("1", PACKETS);
            machine.put(feed, FEED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        machine.mount("");
        return new Live(machine, Link.up(machine));
    }

    /**
     * Has a program capture all packets, to its own end, and follows what it writes.
     *
     * @param command the program, with @IF for the interface, @DIR for the directory that is
     *     mounted, and @N for the number of packets after which it is to end
     */
    public void write(String... command) {
        Program writer = link.capture("writer", filled(PACKETS, command));
        Program replay = link.replay(FEED + "0", PACKETS_PER_SECOND);
        follow();
        replay.awaitSuccess();
        writer.awaitEnd();
    }

    /** The same, but the program is killed at half time, and started again for as many packets. */
    public void writeAndKill(String... command) {
        Program killed = link.capture("killed", filled(2 * PACKETS, command));
        Program replay = link.replay(FEED + "0", PACKETS_PER_SECOND);
        follow();
        replay.awaitSuccess();
        killed.signal("KILL");
        killed.awaitEnd();
        // Names have the time in seconds.
        machine.sh("now=$(date +%s); until (($(date +%s) > now)); do sleep 0.02; done");
        Program writer = link.capture("writer", filled(PACKETS, command));
        link.replay(FEED + "1", PACKETS_PER_SECOND).awaitSuccess();
        writer.awaitEnd();
    }

    private static String[] filled(int packets, String... command) {
        return Stream.of(command)
                .map(word -> word.replace("@IF", Link.RECEIVER))
                .map(word -> word.replace("@DIR", Machine.SRC))
                .map(word -> word.replace("@N", String.valueOf(packets)))
                .toArray(String[]::new);
    }

    private void follow() {
        String first =
                machine.sh(
                        "cd %s; until ls | grep -m 1 .; do sleep 0.02; done"
                                .formatted(Machine.SRC));
        String path = Machine.MNT + "/" + first.strip();
        follower = machine.start("follower", "tcpdump", "-r", path, "-w", OUT);
    }

    /** All that was sent. */
    public Expectation traffic() {
        return Expectation.ofTraffic(TRAFFIC, PACKETS);
    }

    /** All that the program wrote. */
    public Expectation files() {
        try {
            Path folder = Files.createDirectory(machine.folder().resolve("written"));
            for (String name : machine.sh("ls " + Machine.SRC).lines().toList()) {
                Files.move(machine.fetch(Machine.SRC + "/" + name), folder.resolve(name));
            }
            Expectation files = Expectation.ofUnordered(List.of(folder), true);
            assertThat(files.segments()).isGreaterThanOrEqualTo(FEWEST_SEGMENTS);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the stream behind the last file; the follower must have got what is expected. */
    public void assertFollowed(Expectation expectation) {
        machine.endAfter(machine.sh("ls -t " + Machine.SRC).lines().findFirst().orElseThrow());
        follower.awaitSuccess();
        assertThat(follower.errors()).doesNotContain("truncated");
        Path got = machine.fetch(OUT);
        Plant.current().into(got);
        assertGot(expectation, got);
    }
}
