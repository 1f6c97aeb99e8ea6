package org.fusedpcap.testkit.traffic;

/** The segments of a TCP connection. */
enum TcpStep {
    /** First of the handshake. */
    SYN(true, false, false),
    /** Second of the handshake. */
    SYN_ACK(true, true, false),
    /** Last of the handshake, or of the farewell. */
    ACK(false, true, false),
    /** Payload. */
    DATA(false, true, false),
    /** One side of the farewell. */
    FIN(false, true, true);

    private final boolean syn;
    private final boolean ack;
    private final boolean fin;

    TcpStep(boolean syn, boolean ack, boolean fin) {
        this.syn = syn;
        this.ack = ack;
        this.fin = fin;
    }

    boolean syn() {
        return syn;
    }

    boolean ack() {
        return ack;
    }

    boolean fin() {
        return fin;
    }

    /** How far the sender's sequence number goes on, payload aside. */
    int advance() {
        return syn || fin ? 1 : 0;
    }
}
