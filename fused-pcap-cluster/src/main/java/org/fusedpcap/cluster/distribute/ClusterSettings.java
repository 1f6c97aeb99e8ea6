package org.fusedpcap.cluster.distribute;

/**
 * How a cluster is run.
 *
 * @param members number of members ({@code clustersize}), 1–{@value #MAX_MEMBERS}
 * @param slack how far the leading member may be ahead of the slowest one ({@code blockslack}), in
 *     blocks of 128 KiB of stream, 1–{@value #MAX_SLACK}
 * @param abnormalEnd what happens when a member closes early
 * @param window how many bytes a member has read stay readable, and how far ahead of the bytes read
 *     a read may begin; 0 for members that read in sequence only. A page cache between the cluster
 *     and the reader needs as much as it may have requests under way at once.
 */
public record ClusterSettings(int members, int slack, AbnormalEndRule abnormalEnd, int window) {

    /** Most members of a cluster. */
    public static final int MAX_MEMBERS = 1024;

    /** Most blocks of slack. */
    public static final int MAX_SLACK = 65_536;

    /** Blocks of slack when nobody says anything. */
    public static final int DEFAULT_SLACK = 64;

    /**
     * What the kernel may have read ahead of its reader, which it asks for in any order, and all
     * over again when the file has grown: two windows of twice 1 MiB, for one who says that it
     * reads sequentially, and half a megabyte for its requests to be late.
     */
    public static final int PAGE_CACHE_WINDOW = 36 * 128 * 1024;

    private static final int MAX_WINDOW = 1 << 28;

    public ClusterSettings {
        check("members", members, 1, MAX_MEMBERS);
        check("slack", slack, 1, MAX_SLACK);
        check("window", window, 0, MAX_WINDOW);
    }

    /**
     * Settings for members that read in sequence.
     *
     * @param members number of members
     * @param slack blocks of slack
     * @param abnormalEnd what happens when a member closes early
     */
    public ClusterSettings(int members, int slack, AbnormalEndRule abnormalEnd) {
        this(members, slack, abnormalEnd, 0);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", not from " + least + " to " + most);
        }
    }
}
