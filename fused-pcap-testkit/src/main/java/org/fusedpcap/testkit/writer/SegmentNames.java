package org.fusedpcap.testkit.writer;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The names a program gives to its files. Immutable. */
final class SegmentNames {

    private static final DateTimeFormatter DUMPCAP_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);
    private static final int DUMPCAP_NUMBERS = 100_000;

    private final CaptureProgram program;
    private final String prefix;
    private final int ring;
    private final ZoneId zone;

    /**
     * @param ring number of files in the ring; 0 for no ring
     * @param zone where local time is
     */
    SegmentNames(CaptureProgram program, String prefix, int ring, ZoneId zone) {
        this.program = program;
        this.prefix = prefix;
        this.ring = ring;
        this.zone = zone;
    }

    /**
     * The name of a file.
     *
     * @param index 0 for the first file of the run, 1 for the next
     * @param opened when it is begun
     */
    String name(long index, Instant opened) {
        long seconds = opened.getEpochSecond();
        return switch (program) {
            case DAEMONLOGGER -> prefix + "." + seconds;
            case GULP -> prefix + padded(index, 5);
            case TCPDUMP_C -> index == 0 ? prefix : prefix + index;
            case TCPDUMP_CW -> prefix + padded(index % files(), digits());
            case TCPDUMP_G -> Strftime.format(prefix, opened.atZone(zone));
            case DUMPCAP -> prefix + "_" + dumpcap(index, opened.atZone(zone));
            case NETSNIFF_NG ->
                    prefix + (ring > 0 ? padded(index % ring, 10) : "" + seconds) + ".pcap";
            case STENOGRAPHER -> prefix + ChronoUnit.MICROS.between(Instant.EPOCH, opened);
        };
    }

    private static String dumpcap(long index, ZonedDateTime opened) {
        return padded((index + 1) % DUMPCAP_NUMBERS, 5)
                + "_"
                + DUMPCAP_TIME.format(opened)
                + ".pcapng";
    }

    private int files() {
        return Math.max(1, ring);
    }

    // As many digits as the highest number needs, which is one less than the number of files.
    private int digits() {
        return String.valueOf(files() - 1).length();
    }

    private static String padded(long number, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "d", number);
    }
}
