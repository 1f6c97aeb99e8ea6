package org.fusedpcap.fs.series;

/** What the order of a series' segments is taken from. */
public enum SegmentOrder {
    /** The natural order of the names' running numbers and times. */
    NAME,
    /** The time of last modification, in ns, then the name. */
    MTIME,
    /** The time of the first packet, then the name; a segment without a packet is the last. */
    PACKET
}
