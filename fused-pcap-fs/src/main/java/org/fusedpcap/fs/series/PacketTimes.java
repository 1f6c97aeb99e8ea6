package org.fusedpcap.fs.series;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Tells when the first packet of a capture file was seen. */
@FunctionalInterface
public interface PacketTimes {

    /**
     * Time of the first packet, in ns since 1970; empty while the file has none that can be read.
     */
    OptionalLong firstPacket(Path file);
}
