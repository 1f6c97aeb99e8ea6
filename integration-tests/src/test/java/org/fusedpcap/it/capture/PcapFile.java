package org.fusedpcap.it.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.testkit.traffic.FrameKind;
import org.fusedpcap.testkit.traffic.Marker;

/**
 * A small capture file in memory, to be cut and put together again.
 *
 * @param header the file header
 * @param records whole records with their headers, in their order
 * @param tail what is left of a torn record
 */
record PcapFile(byte[] header, List<byte[]> records, byte[] tail) {

    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int CAPTURED = 8;
    private static final int LITTLE_ENDIAN_END = 0xa1;

    static PcapFile read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer in =
                ByteBuffer.wrap(bytes)
                        .order(
                                (bytes[3] & 0xff) == LITTLE_ENDIAN_END
                                        ? ByteOrder.LITTLE_ENDIAN
                                        : ByteOrder.BIG_ENDIAN);
        byte[] header = take(in, FILE_HEADER);
        List<byte[]> records = new ArrayList<>();
        while (in.remaining() >= RECORD_HEADER
                && in.remaining() >= RECORD_HEADER + in.getInt(in.position() + CAPTURED)) {
            records.add(take(in, RECORD_HEADER + in.getInt(in.position() + CAPTURED)));
        }
        return new PcapFile(header, records, take(in, in.remaining()));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    void write(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header);
        records.forEach(out::writeBytes);
        out.writeBytes(tail);
        Files.write(file, out.toByteArray());
    }

    /** When a record was captured, in microseconds since 1970, if the file is in them. */
    long micros(int index) {
        ByteBuffer record = ByteBuffer.wrap(records.get(index)).order(ByteOrder.LITTLE_ENDIAN);
        return record.getInt(0) * 1_000_000L + record.getInt(4);
    }

    /** The marker of an ordinary packet; none for fragments, errors and junk. */
    Optional<Marker> marker(int index) {
        byte[] record = records.get(index);
        return Marker.find(record, RECORD_HEADER, record.length - RECORD_HEADER)
                .filter(marker -> marker.kind() == FrameKind.PLAIN);
    }
}
