package org.fusedpcap.testkit.cli;

import java.nio.ByteOrder;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.testkit.traffic.Link;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.fusedpcap.testkit.writer.CaptureFormat.Container;
import org.fusedpcap.testkit.writer.CaptureProgram;
import org.fusedpcap.testkit.writer.FlushPolicy;
import org.fusedpcap.testkit.writer.RollOver;
import org.fusedpcap.testkit.writer.WriterSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how files are written. */
final class WriterOptions {

    private static final long DEFAULT_FILE_SIZE = 64L << 20;

    @Option(
            names = "--writer",
            paramLabel = "PROGRAM",
            defaultValue = "daemonlogger",
            converter = ProgramConverter.class,
            completionCandidates = Programs.class,
            description =
                    "Which capture program to play: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private CaptureProgram program;

    @Option(
            names = "--prefix",
            paramLabel = "NAME",
            description = "What file names begin with; a strftime pattern for tcpdump-G.")
    private Optional<String> prefix;

    @Option(
            names = "--file-size",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description = "A file of this size is full (64M if nothing else fills it). K, M, G.")
    private Optional<Long> fileSize;

    @Option(
            names = "--file-packets",
            paramLabel = "N",
            description = "A file with so many packets is full.")
    private Optional<Long> filePackets;

    @Option(
            names = "--file-time",
            paramLabel = "TIME",
            converter = Span.class,
            description = "A file begun so long ago is full. ms, s, m, h.")
    private Optional<Duration> fileTime;

    @Option(
            names = "--flush",
            paramLabel = "HOW",
            description =
                    "packet: each as it comes; buffer: 4 KiB pieces that cut records, as stdio"
                            + " does; block: 1 MiB pieces. Default: as the program does with"
                            + " --live, else block.")
    private Optional<FlushPolicy> flush;

    @Option(
            names = "--ring",
            paramLabel = "N",
            description = "Keep the N newest files; tcpdump-CW uses N names again and again (10).")
    private Optional<Integer> ring;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "pcap, kuznetzov, pcapng or pcapng_interfaces. Default: as the program does.")
    private Optional<Container> container;

    @Option(names = "--nanos", description = "Nanoseconds instead of microseconds.")
    private boolean nanos;

    @Option(names = "--big-endian", description = "Big endian instead of little endian.")
    private boolean bigEndian;

    @Option(
            names = "--snaplen",
            paramLabel = "BYTES",
            defaultValue = "262144",
            description = "Cut packets to this length (${DEFAULT-VALUE}).")
    private int snaplen;

    @Option(
            names = "--gzip",
            description = "Replace each finished file by a compressed one, as -z gzip does.")
    private boolean gzip;

    @Option(
            names = "--clash",
            description =
                    "A second file within one second overwrites the first, where names have"
                            + " seconds in them, as it really happens. Otherwise names run ahead.")
    private boolean clash;

    /** What to say about the programs. */
    static final class Programs implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return titles().iterator();
        }
    }

    private static List<String> titles() {
        return Arrays.stream(CaptureProgram.values()).map(CaptureProgram::title).toList();
    }

    static final class ProgramConverter implements ITypeConverter<CaptureProgram> {

        @Override
        public CaptureProgram convert(String text) {
            return Arrays.stream(CaptureProgram.values())
                    .filter(program -> program.title().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> unknown(text));
        }

        private static TypeConversionException unknown(String text) {
            return new TypeConversionException(
                    "'" + text + "' is none of " + String.join(", ", titles()));
        }
    }

    WriterSpec spec(boolean live, Link link) {
        WriterSpec usual = WriterSpec.of(program);
        CaptureFormat format =
                usual.format()
                        .with(container.orElse(usual.format().container()))
                        .with(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                        .withNanos(nanos)
                        .withSnaplen(snaplen)
                        .withLinkType(link.number());
        return usual.with(format)
                .withPrefix(prefix.orElse(usual.prefix()))
                .with(rollOver())
                .with(flush.orElse(live ? usual.flush() : FlushPolicy.BLOCK))
                .withRing(ring.orElse(usual.ring()))
                .withClashing(clash)
                .withGzip(gzip)
                .with(ZoneId.systemDefault());
    }

    private RollOver rollOver() {
        boolean other = filePackets.isPresent() || fileTime.isPresent();
        return new RollOver(
                fileSize.orElse(other ? 0 : DEFAULT_FILE_SIZE),
                filePackets.orElse(0L),
                fileTime.map(Duration::toNanos).orElse(0L));
    }
}
