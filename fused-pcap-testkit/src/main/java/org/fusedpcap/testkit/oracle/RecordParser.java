package org.fusedpcap.testkit.oracle;

import java.io.IOException;
import java.util.Optional;

/** Reads the records of one file format from a window that is past the file header. */
interface RecordParser {

    /** The next packet; empty at the end, or after a problem that nothing can be read behind. */
    Optional<CapturedPacket> next() throws IOException;
}
