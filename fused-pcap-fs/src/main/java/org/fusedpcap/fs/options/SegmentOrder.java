package org.fusedpcap.fs.options;

/** What puts the segments of a series in their order. */
public enum SegmentOrder {
    /** The natural order of their names. */
    NAME,
    /** The time of their last change: for rings whose names wrap. */
    MTIME,
    /** The time of their first packet: for rings whose names wrap. */
    PACKET
}
