package org.fusedpcap.fs.options;

/** What processors with nothing to do are to do while readers catch up ({@code idle}). */
public enum IdleProcessors {
    /** Poll in a small virtual machine whose kernel could do so, but does not. */
    AUTO,
    /** Poll. */
    POLL,
    /** What the kernel has them do by itself. */
    HALT
}
