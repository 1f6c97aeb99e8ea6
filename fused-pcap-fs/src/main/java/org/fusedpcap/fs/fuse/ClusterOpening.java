package org.fusedpcap.fs.fuse;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.fusedpcap.cluster.distribute.AbnormalEndRule;
import org.fusedpcap.cluster.distribute.Cluster;
import org.fusedpcap.cluster.distribute.ClusterListener;
import org.fusedpcap.cluster.distribute.ClusterParts;
import org.fusedpcap.cluster.distribute.ClusterSettings;
import org.fusedpcap.cluster.distribute.ClusterTable;
import org.fusedpcap.cluster.distribute.FlowChooser;
import org.fusedpcap.cluster.distribute.SlabPool;
import org.fusedpcap.cluster.flow.ClusterMode;
import org.fusedpcap.cluster.flow.FlowClassifier;
import org.fusedpcap.cluster.flow.TunnelMode;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.cluster.pcap.PcapHeader;
import org.fusedpcap.fs.control.ControlFiles;
import org.fusedpcap.fs.linux.User;
import org.fusedpcap.fs.options.StreamOptions;
import org.fusedpcap.fs.options.names.Target;
import org.fusedpcap.fs.stream.CaptureStream;
import org.fusedpcap.fs.stream.ClusterStream;
import org.fusedpcap.fs.stream.EndRule;
import org.fusedpcap.fs.stream.HeaderAwaitingStream;
import org.fusedpcap.fs.stream.MissingHeaderException;
import org.fusedpcap.fs.stream.MovableEnd;
import org.fusedpcap.fs.stream.SegmentRecords;
import org.fusedpcap.fs.stream.SegmentStream;
import org.fusedpcap.fs.stream.StreamEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives readers their places in clusters. Thread-safe. */
final class ClusterOpening {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterOpening.class);

    /** Slabs kept for the next cluster: as many as one of the default slack needs. */
    private static final long IDLE_SLAB_BYTES = 16L * 1024 * 1024;

    private final SlabPool slabs = new SlabPool(IDLE_SLAB_BYTES);
    private final ClusterTable<ClusterKey> clusters = new ClusterTable<>();
    private final Ledger ledger;
    private final Function<Target.Found, String> names;

    /**
     * @param ledger what clusters are counted in
     * @param names how people are told what was opened
     */
    ClusterOpening(Ledger ledger, Function<Target.Found, String> names) {
        this.ledger = ledger;
        this.names = names;
    }

    /** Opens the stream that a cluster shares out. */
    @FunctionalInterface
    interface StreamSource {
        SegmentStream open(EndRule ends, StreamEvents events) throws IOException;
    }

    /**
     * Opens a member's stream.
     *
     * @param found what was opened; whoever opens the same, with the same options and the same
     *     rights, shares it
     * @param pid id of the process that opens
     * @param events what happens to all streams on the path
     */
    CaptureStream open(
            Target.Found found,
            User user,
            int pid,
            ControlFiles controls,
            StreamEvents events,
            StreamSource source)
            throws IOException {
        ClusterKey key = ClusterKey.of(found, user);
        HeaderAwaitingStream.Opener member =
                () ->
                        new ClusterStream(
                                clusters.open(
                                        key,
                                        pid,
                                        () -> form(key.shared(), controls, events, source)),
                                StreamOpener.start(found));
        try {
            return member.open();
        } catch (MissingHeaderException e) {
            return new HeaderAwaitingStream(
                    source.open(ends(controls), events.part()), () -> openLate(member));
        }
    }

    private static CaptureStream openLate(HeaderAwaitingStream.Opener member) throws IOException {
        try {
            return member.open();
        } catch (InvalidCaptureException e) {
            LOG.warn("a cluster cannot be formed: {}", e.getMessage());
            throw e;
        }
    }

    // A cluster ends as a whole: no process has an end of its own.
    private static HandleEnds ends(ControlFiles controls) {
        return new HandleEnds(controls, new Readers());
    }

    private Cluster form(
            Target.Found shared,
            ControlFiles controls,
            StreamEvents pathEvents,
            StreamSource source)
            throws IOException {
        StreamOptions options = shared.place().options();
        MovableEnd ends = new MovableEnd(ends(controls));
        StreamEvents events = pathEvents.part();
        SegmentStream stream = source.open(ends, events);
        try {
            SegmentRecords records =
                    new SegmentRecords(
                            stream, ends, StreamOpener.start(shared), SessionThread::mayWorkLong);
            FlowChooser chooser = chooser(records, options);
            ClusterAccount account =
                    ledger.form(names.apply(shared), stream, records, chooser.counters(), events);
            Cluster cluster =
                    new Cluster(
                            new ClusterParts(
                                    settings(options),
                                    records,
                                    chooser,
                                    new Reporter(shared.toString(), controls, account),
                                    slabs));
            account.begin(cluster);
            stream.addWaker(cluster::sourceMayHaveMore);
            return cluster;
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private static ClusterSettings settings(StreamOptions options) {
        int window = options.keepCache() ? ClusterSettings.PAGE_CACHE_WINDOW : 0;
        AbnormalEndRule rule = AbnormalEndRule.values()[options.clusterAbend().ordinal()];
        return new ClusterSettings(options.clusterSize(), options.blockSlack(), rule, window);
    }

    private static FlowChooser chooser(SegmentRecords records, StreamOptions options)
            throws IOException {
        checkAnySupported(records.linkTypes());
        TunnelMode tunnel = TunnelMode.valueOf(options.tunnel().name());
        ClusterMode mode = ClusterMode.of(options.clusterMode());
        return records.format() instanceof PcapHeader pcap
                ? new FlowChooser(pcap.linkType(), mode, tunnel, options.clusterSize())
                : new FlowChooser(mode, tunnel, options.clusterSize());
    }

    private static void checkAnySupported(List<Integer> linkTypes) throws InvalidCaptureException {
        if (!linkTypes.isEmpty() && linkTypes.stream().noneMatch(FlowClassifier::supports)) {
            throw new InvalidCaptureException(
                    "link type "
                            + linkTypes.stream().map(String::valueOf).collect(joining(", "))
                            + " cannot be shared out by flow");
        }
    }

    /** Tells users what happens to a cluster. */
    private record Reporter(String key, ControlFiles controls, ClusterAccount account)
            implements ClusterListener {

        @Override
        public void filled() {
            controls.clearAbend(key);
        }

        @Override
        public void abnormalEnd(List<Integer> pids, String last, String next) {
            LOG.warn(
                    "members of a cluster closed before their end: processes {}, in {}",
                    pids,
                    last);
            controls.recordAbend(key, pids, last, next);
        }

        @Override
        public void ended() {
            account.end();
        }
    }

    /** Where clusters have their memory from. */
    SlabPool slabs() {
        return slabs;
    }

    /** Stops all clusters; whoever waits gets an error. */
    void stop() {
        clusters.fail(new IOException("the file system is being unmounted"));
    }
}
