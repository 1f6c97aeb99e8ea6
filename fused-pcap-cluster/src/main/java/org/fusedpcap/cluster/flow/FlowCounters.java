package org.fusedpcap.cluster.flow;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a classifier counts. One thread at a time writes, any number read: a counter is set with a
 * release store, so a reader sees each value a moment later and never a torn one.
 */
public final class FlowCounters {

    private final AtomicLong guessedFragments = new AtomicLong();
    private final AtomicLong displacedDatagrams = new AtomicLong();
    private final AtomicLong framesForPcap4j = new AtomicLong();
    private final AtomicLong damagedFrames = new AtomicLong();

    FlowCounters() {}

    /** Fragments placed by a guess, because the first fragment of their datagram was not known. */
    public long guessedFragments() {
        return guessedFragments.get();
    }

    /** Datagrams forgotten while fragments of them were missing, because the table was full. */
    public long displacedDatagrams() {
        return displacedDatagrams.get();
    }

    /** Headers that pcap4j was asked to decode, counted by frame. */
    public long framesForPcap4j() {
        return framesForPcap4j.get();
    }

    /** Frames placed by fewer fields than their kind has, because headers are cut or broken. */
    public long damagedFrames() {
        return damagedFrames.get();
    }

    void guessedFragment() {
        increment(guessedFragments);
    }

    void displacedDatagram() {
        increment(displacedDatagrams);
    }

    void frameForPcap4j() {
        increment(framesForPcap4j);
    }

    void damagedFrame() {
        increment(damagedFrames);
    }

    // One writer: no atomic addition, hence no locked instruction, is needed.
    private static void increment(AtomicLong counter) {
        counter.lazySet(counter.getPlain() + 1);
    }
}
