package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fusedpcap.cluster.pcap.PcapngSection;
import org.fusedpcap.fs.linux.FileIdentity;
import org.junit.jupiter.api.Test;

class KeptScansTest {

    private static KeptScan scan(long inode) {
        return new KeptScan(
                identity(inode),
                new Beginning(0, ByteBuffer.allocate(0)),
                new RecordIndex(),
                100,
                ByteOrder.LITTLE_ENDIAN,
                new PcapngSection(),
                PacketCount.begin(24),
                false);
    }

    private static FileIdentity identity(long inode) {
        return new FileIdentity(1, inode, 100, 5);
    }

    @Test
    void shouldGiveAScanToOneOnly() {
        KeptScans scans = new KeptScans(1 << 20);
        KeptScan kept = scan(7);
        scans.keep(kept);

        assertThat(scans.take(identity(8))).isEmpty();
        assertThat(scans.take(identity(7))).containsSame(kept);
        assertThat(scans.take(identity(7))).isEmpty();
    }

    @Test
    void shouldLetGoOfThoseKeptLongestAgoWhereThereIsNoRoom() {
        KeptScans scans = new KeptScans(10 * new RecordIndex().bytes());
        for (int inode = 0; inode < 100; inode++) {
            scans.keep(scan(inode));
        }

        assertThat(scans.size()).isEqualTo(10);
        assertThat(scans.take(identity(89))).isEmpty();
        for (int inode = 90; inode < 100; inode++) {
            assertThat(scans.take(identity(inode))).isPresent();
        }
        scans.keep(scan(1));
        assertThat(scans.size()).isEqualTo(1);
    }
}
