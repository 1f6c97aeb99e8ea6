package org.fusedpcap.it.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.it.machine.Machine;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.TrafficSpec;

/**
 * A series of four segments with what writers leave behind: the second ends in a torn record, the
 * third has no packet, and the fourth does not come last in the alphabet. Immutable.
 *
 * @param folder where the segments are, on our side
 * @param expectation what a reader should get
 * @param anyTime the same, with whatever times
 * @param stream the same, byte for byte
 * @param micros the times of all packets, in microseconds since 1970
 */
public record Source(
        Path folder,
        Expectation expectation,
        Expectation anyTime,
        byte[] stream,
        List<Long> micros) {

    /** Names of the segments, in their order. */
    public static final List<String> NAMES =
            List.of("eth0.pcap.1", "eth0.pcap.2", "eth0.pcap.3", "eth0.pcap.10");

    /** All segments, to be read to their end. */
    public static final String RANGE = Machine.MNT + "/" + first() + ".." + last();

    /** All segments and what may come, to be followed. */
    public static final String FOLLOWED = Machine.MNT + "/" + first();

    private static final int PACKETS = 500;
    private static final int TORN = 7;
    private static final long SEED = 4;

    /** UDP over IPv4, of which every packet has its marker whole in its payload. */
    static final TrafficSpec UDP = TrafficSpec.ofSeed(SEED).with(Profile.UDP);

    private static final String FEED = "/work/feed/";
    private static final String WHOLE = "/work/whole.pcap";
    private static final int CUT_KIB = 100;

    /** Keeps what it is given. */
    public Source {
        micros = List.copyOf(micros);
    }

    /** UDP over IPv4, of which every packet has its marker whole in its payload. */
    public static Source ofUdp(Machine machine) {
        return of(machine, UDP);
    }

    /** A little of everything. */
    public static Source ofAll(Machine machine) {
        return of(machine, TrafficSpec.ofSeed(SEED));
    }

    private static Source of(Machine machine, TrafficSpec traffic) {
        try {
            Path folder = Files.createDirectory(machine.folder().resolve("source"));
            Captures captures =
                    Captures.in(folder)
                            .traffic(traffic)
                            .segment(NAMES.get(0), PACKETS)
                            .torn(NAMES.get(1), PACKETS, TORN)
                            .headerOnly(NAMES.get(2))
                            .segment(NAMES.get(3), PACKETS);
            Expectation expectation = captures.expectation();
            Expectation anyTime = Expectation.ofFiles(captures.paths(), false);
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            List<Long> micros = new ArrayList<>();
            for (Path path : captures.paths()) {
                PcapFile file = PcapFile.read(path);
                stream.writeBytes(stream.size() == 0 ? file.header() : new byte[0]);
                file.records().forEach(stream::writeBytes);
                for (int i = 0; i < file.records().size(); i++) {
                    micros.add(file.micros(i));
                }
            }
            // Nothing comes behind it, so that a conversation that ends there has ended.
            Plant.current().into(folder.resolve(last()));
            return new Source(folder, expectation, anyTime, stream.toByteArray(), micros);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Name of the first segment. */
    public static String first() {
        return NAMES.get(0);
    }

    /** Name of the last segment. */
    public static String last() {
        return NAMES.get(NAMES.size() - 1);
    }

    /** Number of packets that a reader should get. */
    public long packets() {
        return expectation.packets();
    }

    /** Has all segments there, and mounted. */
    public Source mounted(Machine machine) {
        machine.put(folder, Machine.SRC + "/");
        machine.mount("");
        return this;
    }

    /** Puts what a reader should get there as a file, for a tool to be asked about that as well. */
    public String putWhole(Machine machine) {
        try {
            Files.write(machine.folder().resolve("whole"), stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        machine.put(machine.folder().resolve("whole"), WHOLE);
        return WHOLE;
    }

    /** Has the first segment there, half of the second, which is cut in a record, and mounted. */
    public Source begun(Machine machine) {
        machine.put(folder, FEED);
        machine.sh(
                "cd %s; cp %s %s; head -c %dK %s > %3$s/%5$s"
                        .formatted(FEED, first(), Machine.SRC, CUT_KIB, NAMES.get(1)));
        machine.mount("");
        return this;
    }

    /** Has the rest come, and followed streams end behind it. */
    public void finish(Machine machine) {
        machine.sh(
                "cd %s; tail -c +%d %s >> %s/%3$s; cp %s %s %4$s"
                        .formatted(
                                FEED,
                                CUT_KIB * 1024 + 1,
                                NAMES.get(1),
                                Machine.SRC,
                                NAMES.get(2),
                                NAMES.get(3)));
        machine.endAfter(last());
    }

    /** How far somebody has read who has seen the first segment and begun with the second. */
    public long begunBytes() {
        try {
            return Files.size(folder.resolve(first())) + 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
