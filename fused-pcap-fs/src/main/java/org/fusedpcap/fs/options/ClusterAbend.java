package org.fusedpcap.fs.options;

/**
 * What the members of a cluster meet when one of them closes before its end of file. The order of
 * the constants is the numbering of {@code clusterabend}.
 */
public enum ClusterAbend {
    /** Their next read answers {@code EINVAL}. */
    ERR,
    /** Their next read is an end of file; a packet they have begun to read is finished first. */
    EOF,
    /** They go on to the end of the current segment, then meet an end of file. */
    IGNORE
}
