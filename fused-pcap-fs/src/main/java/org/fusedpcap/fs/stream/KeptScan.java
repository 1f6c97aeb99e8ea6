package org.fusedpcap.fs.stream;

import java.nio.ByteOrder;
import org.fusedpcap.cluster.pcap.PcapngSection;
import org.fusedpcap.fs.linux.FileIdentity;

/**
 * All that a finished scan has found out about a file, so that the next one who opens the file need
 * not read it once more. Whoever gets it goes on with its index: it belongs to one scan at a time.
 *
 * @param identity the state that the file was in
 * @param beginning what it began with
 * @param index where its records begin
 * @param end file offset behind the last whole record
 * @param order byte order there
 * @param section what the blocks of pcapng before it have described
 * @param packets how many there are before it
 * @param senseless whether the records stop making sense there
 */
record KeptScan(
        FileIdentity identity,
        Beginning beginning,
        RecordIndex index,
        long end,
        ByteOrder order,
        PcapngSection section,
        PacketCount packets,
        boolean senseless) {

    /** Memory of what is many, in bytes. */
    long bytes() {
        return index.bytes() + section.bytes();
    }
}
