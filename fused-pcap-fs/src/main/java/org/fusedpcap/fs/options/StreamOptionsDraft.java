package org.fusedpcap.fs.options;

/** {@link StreamOptions} while they are being put together. Not thread-safe. */
final class StreamOptionsDraft {

    int clusterSize;
    int clusterMode;
    ClusterAbend clusterAbend;
    int blockSlack;
    long fileSize;
    boolean keepCache;
    String fileGlob;
    SegmentOrder order;
    Tunnel tunnel;

    StreamOptionsDraft(StreamOptions from) {
        clusterSize = from.clusterSize();
        clusterMode = from.clusterMode();
        clusterAbend = from.clusterAbend();
        blockSlack = from.blockSlack();
        fileSize = from.fileSize();
        keepCache = from.keepCache();
        fileGlob = from.fileGlob();
        order = from.order();
        tunnel = from.tunnel();
    }

    StreamOptions finished() {
        return new StreamOptions(
                clusterSize,
                clusterMode,
                clusterAbend,
                blockSlack,
                fileSize,
                keepCache,
                fileGlob,
                order,
                tunnel);
    }
}
