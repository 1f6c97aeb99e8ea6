package org.fusedpcap.fs.options;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The options of a stream, one by one: what each is called, which values it has, what it is for.
 * Help texts are made of this.
 */
public enum StreamOption {
    CLUSTERSIZE(
            "clustersize",
            "a number from 1 to 1024",
            "readers that share one stream, each with its own conversations",
            (draft, text) ->
                    draft.clusterSize =
                            (int) Values.number(text, 1, StreamOptions.MOST_CLUSTER_SIZE),
            options -> Integer.toString(options.clusterSize())),
    CLUSTERMODE(
            "clustermode",
            "a number from 0 to 4 (0=vlan+ip+port, 1=vlan, 2=ip, 3=vlan+ip, 4=ip+port)",
            "which fields of a packet choose its reader",
            (draft, text) ->
                    draft.clusterMode =
                            (int) Values.number(text, 0, StreamOptions.MOST_CLUSTER_MODE),
            options -> Integer.toString(options.clusterMode())),
    CLUSTERABEND(
            "clusterabend",
            "a number from 0 to 2 (0=err, 1=eof, 2=ignore)",
            "what the others meet when a reader of a cluster closes early",
            (draft, text) ->
                    draft.clusterAbend = ClusterAbend.values()[(int) Values.number(text, 0, 2)],
            options -> Integer.toString(options.clusterAbend().ordinal())),
    BLOCKSLACK(
            "blockslack",
            "a number from 1 to 65536",
            "blocks of 128 KiB that the first reader of a cluster may be ahead of the last",
            (draft, text) ->
                    draft.blockSlack = (int) Values.number(text, 1, StreamOptions.MOST_BLOCK_SLACK),
            options -> Integer.toString(options.blockSlack())),
    FILESIZE(
            "filesize",
            "a number of bytes above 0 and below 8192P, with K, M, G, T or P behind it or not",
            "the size shown for a stream whose size nobody knows yet",
            (draft, text) -> draft.fileSize = Values.size(text),
            options -> Values.formatSize(options.fileSize())),
    KEEPCACHE(
            "keepcache",
            "0, 1, no, yes, or left out",
            "followed streams go through the page cache",
            (draft, text) -> draft.keepCache = Values.flag(text),
            options -> options.keepCache() ? "1" : "0"),
    FILEMATCH(
            "filematch",
            "a pattern for file names with * and ?, such as eth0*, of at most 255 bytes and without"
                    + " a slash",
            "which files are the series; nothing: found by their names",
            (draft, text) -> draft.fileGlob = Values.glob(text),
            StreamOptions::fileGlob),
    ORDER(
            "order",
            "name, mtime or packet",
            "what puts the files in their order",
            (draft, text) -> draft.order = Values.constant(SegmentOrder.class, text),
            options -> Values.lowerCase(options.order())),
    TUNNEL(
            "tunnel",
            "outer or inner",
            "which headers of a tunnelled packet choose its reader",
            (draft, text) -> draft.tunnel = Values.constant(Tunnel.class, text),
            options -> Values.lowerCase(options.tunnel()));

    private final String optionName;
    private final String expected;
    private final String summary;
    private final BiConsumer<StreamOptionsDraft, String> setter;
    private final Function<StreamOptions, String> getter;

    StreamOption(
            String optionName,
            String expected,
            String summary,
            BiConsumer<StreamOptionsDraft, String> setter,
            Function<StreamOptions, String> getter) {
        this.optionName = optionName;
        this.expected = expected;
        this.summary = summary;
        this.setter = setter;
        this.getter = getter;
    }

    /** The name as users write it. */
    public String optionName() {
        return optionName;
    }

    /** Which values it has, to be read after "must be". */
    public String expected() {
        return expected;
    }

    /** What it is for, in one line. */
    public String summary() {
        return summary;
    }

    /** Its value in {@code options}, as users write it. */
    public String valueIn(StreamOptions options) {
        return getter.apply(options);
    }

    /** Whether the name alone means yes. */
    public boolean isFlag() {
        return this == KEEPCACHE;
    }

    static Optional<StreamOption> named(String name) {
        return Arrays.stream(values()).filter(o -> o.optionName.equals(name)).findFirst();
    }

    void set(StreamOptionsDraft draft, OptionItem item) throws OptionException {
        if (item.bare() && !isFlag()) {
            throw OptionException.missingValue(optionName, expected);
        }
        try {
            setter.accept(draft, item.bare() ? "yes" : item.value());
        } catch (IllegalArgumentException e) {
            throw OptionException.badValue(optionName, item.value(), expected);
        }
    }

    String writtenFor(StreamOptions options) {
        if (isFlag() && options.keepCache()) {
            return optionName;
        }
        return OptionText.escape(optionName + "=" + valueIn(options));
    }
}
