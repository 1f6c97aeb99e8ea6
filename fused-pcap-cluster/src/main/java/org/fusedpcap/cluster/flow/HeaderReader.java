package org.fusedpcap.cluster.flow;

/** Reads the header at a frame's cursor: notes what it says, and moves on behind it. */
@FunctionalInterface
interface HeaderReader {

    /** Never throws, whatever the bytes are. */
    void read(Dissection frame);
}
