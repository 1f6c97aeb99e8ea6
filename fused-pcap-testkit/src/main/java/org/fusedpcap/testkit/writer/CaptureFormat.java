package org.fusedpcap.testkit.writer;

import java.nio.ByteOrder;

/**
 * The form of a capture file. Immutable.
 *
 * @param container which file format
 * @param order byte order of all numbers
 * @param nanos nanoseconds instead of microseconds
 * @param linkType LINKTYPE_ value
 * @param snaplen the longest packet that is kept whole, in bytes
 */
public record CaptureFormat(
        Container container, ByteOrder order, boolean nanos, int linkType, int snaplen) {

    private static final int ETHERNET = 1;
    private static final int USUAL_SNAPLEN = 262_144;

    /** Classic pcap, little endian, microseconds, Ethernet. */
    public static final CaptureFormat PCAP =
            new CaptureFormat(
                    Container.PCAP, ByteOrder.LITTLE_ENDIAN, false, ETHERNET, USUAL_SNAPLEN);

    /** pcapng, little endian, one interface, microseconds, Ethernet. */
    public static final CaptureFormat PCAPNG = PCAP.with(Container.PCAPNG);

    /** File formats. */
    public enum Container {
        /** Classic pcap, version 2.4. */
        PCAP,
        /** Classic pcap with Alexey Kuznetzov's longer record headers. */
        KUZNETZOV,
        /** pcapng with one interface. */
        PCAPNG,
        /** pcapng whose packets come in turn from three interfaces. */
        PCAPNG_INTERFACES
    }

    /** The same in another container. */
    public CaptureFormat with(Container other) {
        return new CaptureFormat(other, order, nanos, linkType, snaplen);
    }

    /** The same in another byte order. */
    public CaptureFormat with(ByteOrder other) {
        return new CaptureFormat(container, other, nanos, linkType, snaplen);
    }

    /** The same with nanoseconds, or with microseconds. */
    public CaptureFormat withNanos(boolean wanted) {
        return new CaptureFormat(container, order, wanted, linkType, snaplen);
    }

    /** The same with another link type. */
    public CaptureFormat withLinkType(int other) {
        return new CaptureFormat(container, order, nanos, other, snaplen);
    }

    /** The same with packets cut to {@code length} bytes. */
    public CaptureFormat withSnaplen(int length) {
        return new CaptureFormat(container, order, nanos, linkType, length);
    }

    RecordEncoder encoder() {
        return switch (container) {
            case PCAP, KUZNETZOV -> new PcapEncoder(this);
            case PCAPNG -> new PcapngEncoder(this, 1);
            case PCAPNG_INTERFACES -> new PcapngEncoder(this, 3);
        };
    }
}
