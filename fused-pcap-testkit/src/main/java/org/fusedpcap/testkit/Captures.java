package org.fusedpcap.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.CaptureFile;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.fusedpcap.testkit.writer.FlushPolicy;

/**
 * Small captures for tests, segment by segment, each with the name and the faults it is to have.
 * The packets are numbered through all segments, and the same calls write the same bytes. For one
 * thread.
 *
 * <pre>{@code
 * Captures captures = Captures.in(directory)
 *         .segment("eth0.pcap.1", 100)
 *         .torn("eth0.pcap.2", 50, 7)
 *         .headerOnly("eth0.pcap.3")
 *         .segment("eth0.pcap.4", 100);
 * Oracle oracle = Oracle.ofReader(captures.expectation());
 * }</pre>
 */
public final class Captures {

    private static final long STEP_NANOS = 1_234_567;

    private final Path directory;
    private final List<Path> paths = new ArrayList<>();
    private final CaptureClock clock = CaptureClock.virtual(CaptureClock.START, STEP_NANOS);
    private Traffic traffic = new Traffic(TrafficSpec.ofSeed(1));
    private CaptureFormat format = CaptureFormat.PCAP;

    private Captures(Path directory) {
        this.directory = directory;
    }

    /** Captures in a directory, which exists. */
    public static Captures in(Path directory) {
        return new Captures(directory);
    }

    /** Lets later segments have the frames, and the link type, of this traffic. */
    public Captures traffic(TrafficSpec spec) {
        traffic = new Traffic(spec);
        format = format.withLinkType(spec.link().number());
        return this;
    }

    /** Lets later segments have this form, its link type included. */
    public Captures format(CaptureFormat other) {
        format = other;
        return this;
    }

    /** A whole segment of so many packets. */
    public Captures segment(String name, int packets) throws IOException {
        return torn(name, packets, 0);
    }

    /**
     * A segment whose last packet is torn.
     *
     * @param packets number of packets, the torn one included
     * @param missing number of bytes that the last one lacks
     */
    public Captures torn(String name, int packets, int missing) throws IOException {
        try (CaptureFile file = open(name)) {
            for (int i = 0; i < packets; i++) {
                file.write(traffic, clock.nextNanos());
            }
            file.tear(missing);
        }
        return this;
    }

    /** A segment with a file header and no packet. */
    public Captures headerOnly(String name) throws IOException {
        return segment(name, 0);
    }

    /** A file of 0 bytes. */
    public Captures empty(String name) throws IOException {
        open(name).close();
        return this;
    }

    /**
     * A segment with bytes that are no record behind its last packet.
     *
     * @param garbage what stands there
     */
    public Captures garbled(String name, int packets, byte[] garbage) throws IOException {
        segment(name, packets);
        Files.write(last(), garbage, StandardOpenOption.APPEND);
        return this;
    }

    private CaptureFile open(String name) throws IOException {
        Path path = directory.resolve(name);
        paths.remove(path);
        paths.add(path);
        return new CaptureFile(path, format, FlushPolicy.BLOCK);
    }

    private Path last() {
        return paths.get(paths.size() - 1);
    }

    /** The files, in the order in which they were written. */
    public List<Path> paths() {
        return List.copyOf(paths);
    }

    /** What a reader of all segments should get. */
    public Expectation expectation() throws IOException {
        return Expectation.ofFiles(paths);
    }
}
