package org.fusedpcap.fs.options;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What holds for a stream: the mount's options with those of the path levels above it. Immutable,
 * and a value: two opens share a cluster only if these are equal.
 *
 * @param clusterSize number of readers that share the stream, 1–1024; 1: it is not shared
 * @param clusterMode which fields choose a packet's member, 0–4: vlan+ip+port, vlan, ip, vlan+ip,
 *     ip+port
 * @param clusterAbend what the others meet when a member closes early
 * @param blockSlack how far, in blocks of 128 KiB, the leading member may be ahead of the slowest
 *     one, 1–65536
 * @param fileSize size in bytes shown for a stream whose size nobody knows yet; above 0
 * @param keepCache whether followed streams go through the page cache
 * @param fileGlob pattern that names the files of the series, or nothing: found by their names. See
 *     {@link #fileMatch()}
 * @param order what puts the segments in their order
 * @param tunnel which headers of a tunnelled packet choose its member
 */
public record StreamOptions(
        int clusterSize,
        int clusterMode,
        ClusterAbend clusterAbend,
        int blockSlack,
        long fileSize,
        boolean keepCache,
        String fileGlob,
        SegmentOrder order,
        Tunnel tunnel) {

    static final int MOST_CLUSTER_SIZE = 1024;
    static final int MOST_CLUSTER_MODE = 4;
    static final int MOST_BLOCK_SLACK = 65536;

    /** What holds where nobody has said anything. */
    public static final StreamOptions DEFAULTS =
            new StreamOptions(
                    1,
                    0,
                    ClusterAbend.ERR,
                    64,
                    512L << 40,
                    false,
                    "",
                    SegmentOrder.NAME,
                    Tunnel.OUTER);

    /** Checks the numbers' ranges. */
    public StreamOptions {
        requireWithin("clusterSize", clusterSize, 1, MOST_CLUSTER_SIZE);
        requireWithin("clusterMode", clusterMode, 0, MOST_CLUSTER_MODE);
        requireWithin("blockSlack", blockSlack, 1, MOST_BLOCK_SLACK);
        requireWithin("fileSize", fileSize, 1, Long.MAX_VALUE);
    }

    private static void requireWithin(String name, long number, long least, long most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    name + " is " + number + ", not from " + least + " to " + most);
        }
    }

    /** The files of the series as the user named them, or empty: they are found by their names. */
    public Optional<Wildcard> fileMatch() {
        return fileGlob.isEmpty() ? Optional.empty() : Optional.of(new Wildcard(fileGlob));
    }

    /** Whether several readers share the stream. */
    public boolean isClustered() {
        return clusterSize > 1;
    }

    /**
     * These options, with those that {@code level} names replaced; named twice, the last one holds.
     *
     * @param level options as in {@code clustersize=4,keepcache}. A comma in a value is written
     *     {@code \,} or within double quotes
     * @throws OptionException if one of them is unknown or has a value it cannot have; nothing
     *     holds then
     */
    public StreamOptions withAll(String level) throws OptionException {
        StreamOptionsDraft draft = new StreamOptionsDraft(this);
        for (OptionItem item : OptionText.split(level)) {
            named(item.name()).set(draft, item);
        }
        return draft.finished();
    }

    private static StreamOption named(String name) throws OptionException {
        Optional<StreamOption> option = StreamOption.named(name);
        if (option.isEmpty()) {
            throw OptionException.unknownName(name, Suggestion.forName(name, names()));
        }
        return option.get();
    }

    static List<String> names() {
        return Arrays.stream(StreamOption.values()).map(StreamOption::optionName).toList();
    }

    /**
     * Whether a path level reads like options at all, right or wrong: it has an {@code =}, or names
     * an option that needs no value.
     */
    public static boolean isLevel(String name) {
        if (name.indexOf('=') >= 0) {
            return true;
        }
        return Arrays.stream(StreamOption.values())
                .filter(StreamOption::isFlag)
                .anyMatch(flag -> Arrays.asList(name.split(",")).contains(flag.optionName()));
    }

    /**
     * What has to be added to {@code base} to come here, so that {@code
     * base.withAll(this.levelOver(base))} equals this; nothing if they are equal.
     */
    public String levelOver(StreamOptions base) {
        return Arrays.stream(StreamOption.values())
                .filter(option -> !option.valueIn(this).equals(option.valueIn(base)))
                .map(option -> option.writtenFor(this))
                .collect(Collectors.joining(","));
    }
}
