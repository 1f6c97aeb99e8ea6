package org.fusedpcap.cluster.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The walk over any bytes as a capture of either format: each step goes forward, none too far, and
 * what is told of a packet lies inside of it.
 */
public final class WalkFuzz {

    private final ByteBuffer bytes;
    private final Framing framing;
    private final PcapngSection section = new PcapngSection();
    private final PcapngSection read = new PcapngSection();

    private WalkFuzz(ByteBuffer file, CaptureHeader header) {
        this.bytes = file.duplicate().order(header.order());
        this.framing = header.framing();
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        ByteBuffer bytes = ByteBuffer.wrap(input);
        try {
            Optional<CaptureHeader> header = CaptureHeader.read(bytes);
            if (header.isPresent()) {
                assertThat(header.get().hasSameRecordForm(header.get())).isTrue();
                new WalkFuzz(bytes, header.get()).walk(header.get().length());
            }
        } catch (InvalidCaptureException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
        assertThat(bytes.position()).isZero();
        assertThat(bytes.limit()).isEqualTo(input.length);
    }

    private void walk(int first) {
        int at = first;
        while (at < bytes.limit()) {
            int length = framing.unitLength(bytes, at);
            if (length == Framing.INCOMPLETE) {
                assertThat(bytes.limit() - at).isLessThan(framing.headerLength());
                return;
            }
            if (length == Framing.SENSELESS) {
                return;
            }
            assertThat(length).isGreaterThanOrEqualTo(framing.shortestUnit());
            if (length <= bytes.limit() - at) {
                if (framing.kindOf(bytes, at, length, read) == UnitKind.UNREADABLE) {
                    return;
                }
                look(at, length);
            }
            at += length;
        }
    }

    private void look(int at, int length) {
        if (framing instanceof RecordWalk records) {
            assertThat(length).isLessThanOrEqualTo(records.largestRecord());
            assertThat(length)
                    .isEqualTo(records.headerLength() + records.capturedLength(bytes, at));
        } else if (framing.isPacket(bytes, at)) {
            assertThat(section.capturedLength(bytes, at, length)).isBetween(0, length);
            assertThat(section.linkTypeOf(bytes, at)).isBetween(0, 0xffff);
        } else {
            section.pass(bytes, at);
            assertThat(section.order()).isEqualTo(bytes.order());
        }
    }
}
