package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.cluster.pcap.PcapngSection;
import org.fusedpcap.cluster.pcap.UnitKind;
import org.fusedpcap.fs.linux.NativeFile;

/**
 * Any bytes as a file that grows piece by piece while it is scanned: the scan finds the boundaries
 * that a walk over the whole finds, at every length on the way.
 */
public final class RecordScanFuzz {

    private static final Path FILE = FuzzDirectory.path().resolve("scanned.pcap");

    private RecordScanFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        int length = Math.min(input.length, CaptureHeader.LONGEST);
        ByteBuffer beginning = ByteBuffer.wrap(Arrays.copyOf(input, length));
        Optional<CaptureHeader> header;
        try {
            header = CaptureHeader.read(beginning);
        } catch (InvalidCaptureException e) {
            return;
        }
        if (header.isPresent()) {
            Files.write(FILE, beginning.array());
            scan(header.get(), beginning, input);
        }
    }

    private static void scan(CaptureHeader header, ByteBuffer beginning, byte[] input)
            throws IOException {
        List<Long> boundaries = boundaries(header, input);
        NativeFile file = NativeFile.open(FILE);
        try {
            SegmentContent content = new PlainContent(file);
            RecordScan scan = new RecordScan(content, header, new Beginning(0, beginning));
            grow(scan, input, boundaries, beginning.capacity());
        } finally {
            file.close();
        }
    }

    private static List<Long> boundaries(CaptureHeader header, byte[] input) {
        ByteBuffer bytes = ByteBuffer.wrap(input).order(header.order());
        List<Long> boundaries = new ArrayList<>();
        int at = header.length();
        PcapngSection section = new PcapngSection();
        boolean more = true;
        while (more) {
            boundaries.add((long) at);
            int length = header.framing().unitLength(bytes, at);
            more =
                    length > 0
                            && at + length <= input.length
                            && header.framing().kindOf(bytes, at, length, section)
                                    != UnitKind.UNREADABLE;
            at += length;
        }
        return boundaries;
    }

    private static void grow(RecordScan scan, byte[] input, List<Long> boundaries, int first)
            throws IOException {
        Random random = new Random(Arrays.hashCode(input));
        int size = first;
        while (true) {
            long known = lastAtOrBefore(boundaries, size);
            long wanted = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(size + 1);
            long end = scan.advance(wanted);
            assertThat(boundaries).contains(end);
            assertThat(end).isLessThanOrEqualTo(known);
            assertThat(end).isGreaterThanOrEqualTo(Math.min(wanted, known));
            assertThat(scan.isReplaced()).isFalse();
            ask(scan, boundaries, random.nextInt(size + 2));
            if (size == input.length) {
                return;
            }
            int more = Math.min(input.length - size, 1 + random.nextInt(200));
            TestCapture.append(FILE, Arrays.copyOfRange(input, size, size + more));
            size += more;
        }
    }

    private static void ask(RecordScan scan, List<Long> boundaries, long offset)
            throws IOException {
        long end = scan.wholeEnd();
        if (offset >= boundaries.get(0) && offset <= end) {
            long before = lastAtOrBefore(boundaries, offset);
            assertThat(scan.lastEndBefore(offset)).isEqualTo(before);
            long behind =
                    before == offset
                            ? before
                            : boundaries.get(boundaries.indexOf(before) + 1);
            assertThat(scan.endOfRecordAt(offset)).isEqualTo(behind);
        }
    }

    private static long lastAtOrBefore(List<Long> boundaries, long offset) {
        return boundaries.stream().filter(at -> at <= offset).reduce((a, b) -> b).orElseThrow();
    }
}
