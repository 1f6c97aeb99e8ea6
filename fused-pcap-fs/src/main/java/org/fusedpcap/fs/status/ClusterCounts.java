package org.fusedpcap.fs.status;

/**
 * What is counted of clusters.
 *
 * @param droppedPackets packets that members did not get because they closed early
 * @param slackWaits how often a leading member had to wait for the slowest one
 * @param guessedFragments fragments placed by a guess, their first one being unknown
 * @param displacedDatagrams datagrams forgotten with fragments missing, the table being full
 * @param damagedFrames frames placed by fewer fields than their kind has
 */
public record ClusterCounts(
        long droppedPackets,
        long slackWaits,
        long guessedFragments,
        long displacedDatagrams,
        long damagedFrames) {

    /** Nothing yet. */
    public static final ClusterCounts NOTHING = new ClusterCounts(0, 0, 0, 0, 0);

    /** Both together. */
    public ClusterCounts plus(ClusterCounts other) {
        return new ClusterCounts(
                droppedPackets + other.droppedPackets,
                slackWaits + other.slackWaits,
                guessedFragments + other.guessedFragments,
                displacedDatagrams + other.displacedDatagrams,
                damagedFrames + other.damagedFrames);
    }
}
