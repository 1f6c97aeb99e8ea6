package org.fusedpcap.cluster.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;

/** The walk over any bytes: each step goes forward, none too far, and the lengths are the file's. */
public final class RecordWalkFuzz {

    private RecordWalkFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        ByteBuffer bytes = ByteBuffer.wrap(input);
        try {
            PcapHeader header = PcapHeader.parse(bytes);
            PcapHeader.checkBeginning(bytes);
            assertThat(header.hasSameRecordForm(header)).isTrue();
            walk(header.records(), bytes);
        } catch (InvalidCaptureException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
        assertThat(bytes.position()).isZero();
        assertThat(bytes.limit()).isEqualTo(input.length);
    }

    private static void walk(RecordWalk walk, ByteBuffer bytes) {
        ByteBuffer file = bytes.duplicate().order(walk.order());
        int at = PcapFormat.FILE_HEADER_LENGTH;
        while (at <= file.limit()) {
            int length = walk.recordLength(file, at);
            if (length == RecordWalk.INCOMPLETE) {
                assertThat(file.limit() - at).isLessThan(walk.headerLength());
                return;
            }
            if (length == RecordWalk.SENSELESS) {
                return;
            }
            assertThat(length).isBetween(walk.headerLength(), walk.largestRecord());
            assertThat(length).isEqualTo(walk.headerLength() + walk.capturedLength(file, at));
            at += length;
        }
    }
}
