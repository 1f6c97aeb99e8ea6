package org.fusedpcap.fs.options;

/** Which headers of a tunnelled packet choose its member. */
public enum Tunnel {
    /** Those of the tunnel itself. */
    OUTER,
    /** The innermost ones. */
    INNER
}
