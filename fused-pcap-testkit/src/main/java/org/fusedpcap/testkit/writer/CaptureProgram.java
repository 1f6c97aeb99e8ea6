package org.fusedpcap.testkit.writer;

/** The programs that are played, each with its habits. */
public enum CaptureProgram {
    /** {@code PREFIX.<epoch seconds>}, stdio-buffered. */
    DAEMONLOGGER("daemonlogger", "eth0.pcap", CaptureFormat.PCAP, FlushPolicy.BUFFER, false),
    /** {@code PREFIX00000}, {@code PREFIX00001} …, large aligned writes. */
    GULP("gulp", "pcap", CaptureFormat.PCAP, FlushPolicy.BLOCK, true),
    /** {@code PREFIX}, {@code PREFIX1} … {@code PREFIX10}. */
    TCPDUMP_C("tcpdump-C", "trace.pcap", CaptureFormat.PCAP, FlushPolicy.BUFFER, false),
    /** {@code PREFIX00} … and then the same names again, truncated in place. */
    TCPDUMP_CW("tcpdump-CW", "trace.pcap", CaptureFormat.PCAP, FlushPolicy.BUFFER, false),
    /** A strftime pattern. */
    TCPDUMP_G(
            "tcpdump-G",
            "trace-%Y-%m-%d_%H.%M.%S.pcap",
            CaptureFormat.PCAP,
            FlushPolicy.BUFFER,
            false),
    /**
     * {@code PREFIX_00001_YYYYmmddHHMMSS.pcapng}; the next file is there as soon as one is full.
     */
    DUMPCAP("dumpcap", "trace", CaptureFormat.PCAPNG, FlushPolicy.BUFFER, true),
    /** {@code PREFIX<epoch seconds>.pcap}; in a ring, numbered names that are used again. */
    NETSNIFF_NG("netsniff-ng", "dump-", CaptureFormat.PCAP, FlushPolicy.BLOCK, true),
    /** A dot file of the time in microseconds, renamed when complete. */
    STENOGRAPHER("stenographer", "", CaptureFormat.PCAP, FlushPolicy.BLOCK, false);

    private final String title;
    private final String prefix;
    private final CaptureFormat format;
    private final FlushPolicy flush;
    private final boolean opensNextAtOnce;

    CaptureProgram(
            String title,
            String prefix,
            CaptureFormat format,
            FlushPolicy flush,
            boolean opensNextAtOnce) {
        this.title = title;
        this.prefix = prefix;
        this.format = format;
        this.flush = flush;
        this.opensNextAtOnce = opensNextAtOnce;
    }

    /** The program's name, as the command line takes it. */
    public String title() {
        return title;
    }

    /** What file names begin with if nothing else is said; a pattern for {@link #TCPDUMP_G}. */
    public String prefix() {
        return prefix;
    }

    /** The file format it writes. */
    public CaptureFormat format() {
        return format;
    }

    /** How it flushes. */
    public FlushPolicy flush() {
        return flush;
    }

    boolean opensNextAtOnce() {
        return opensNextAtOnce;
    }

    /** Whether the oldest names are used again instead of being deleted. */
    boolean reusesNames() {
        return this == TCPDUMP_CW;
    }

    boolean hidesUnfinished() {
        return this == STENOGRAPHER;
    }
}
