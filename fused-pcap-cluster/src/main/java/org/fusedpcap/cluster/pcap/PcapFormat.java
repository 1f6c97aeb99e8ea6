package org.fusedpcap.cluster.pcap;

/**
 * Constants of the classic pcap format.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                          magic number                         |  0
 *  |          major version        |         minor version         |  4
 *  |                    reserved (time zone)                       |  8
 *  |                    reserved (time stamp accuracy)             | 12
 *  |                            snaplen                            | 16
 *  | FCS |f|    reserved           |           link type           | 20
 *  +---------------------------------------------------------------+
 *
 *  +---------------------------------------------------------------+
 *  |                            seconds                            |  0
 *  |                  microseconds or nanoseconds                  |  4
 *  |                 captured length (bytes that follow)           |  8
 *  |                 original length (on the wire)                 | 12
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * @see <a
 *     href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/">draft-ietf-opsawg-pcap</a>
 */
public final class PcapFormat {

    /** Length of the file header, in bytes. */
    public static final int FILE_HEADER_LENGTH = 24;

    /** Length of a record header, in bytes. */
    public static final int RECORD_HEADER_LENGTH = 16;

    /** Length of a record header in files with {@link #MAGIC_KUZNETZOV}, in bytes. */
    public static final int KUZNETZOV_RECORD_HEADER_LENGTH = 24;

    /** Microseconds. */
    public static final int MAGIC_MICROS = 0xa1b2c3d4;

    /** Nanoseconds. */
    public static final int MAGIC_NANOS = 0xa1b23c4d;

    /** Microseconds, with Alexey Kuznetzov's longer record headers. */
    public static final int MAGIC_KUZNETZOV = 0xa1b2cd34;

    /**
     * The largest captured length that makes sense, in bytes, for link types without a larger one
     * of their own; what libpcap accepts (MAXIMUM_SNAPLEN).
     */
    public static final int MAX_SNAPLEN = 262_144;

    static final int VERSION_MAJOR = 2;
    static final int MAX_VERSION_MINOR = 4;

    static final int MAJOR_OFFSET = 4;
    static final int MINOR_OFFSET = 6;
    static final int SNAPLEN_OFFSET = 16;
    static final int LINK_TYPE_OFFSET = 20;

    static final int CAPTURED_LENGTH_OFFSET = 8;
    static final int ORIGINAL_LENGTH_OFFSET = 12;

    private PcapFormat() {}
}
