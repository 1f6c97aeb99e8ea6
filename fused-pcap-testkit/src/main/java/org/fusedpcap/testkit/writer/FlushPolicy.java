package org.fusedpcap.testkit.writer;

/** In which pieces a writer hands its bytes to the kernel. */
public enum FlushPolicy {
    /** Each record as soon as it is there; the file header with the first one. */
    PACKET(1),
    /** As stdio does: 4 KiB at a time, wherever that cuts a record. */
    BUFFER(4096),
    /** Large aligned blocks of 1 MiB, wherever that cuts a record. */
    BLOCK(1 << 20);

    private final int piece;

    FlushPolicy(int piece) {
        this.piece = piece;
    }

    /** The largest number of bytes that are written now if {@code waiting} bytes wait. */
    int due(int waiting) {
        return waiting - waiting % piece;
    }

    /** Number of bytes worth collecting. */
    int piece() {
        return piece;
    }
}
