package org.fusedpcap.cluster.pcap;

/** The unit of the fractional part of a record's time stamp. */
public enum Resolution {
    /** 10⁻⁶ s. */
    MICROSECONDS,
    /** 10⁻⁹ s. */
    NANOSECONDS
}
