package org.fusedpcap.testkit.oracle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.testkit.traffic.Marker;

/** A stream in pieces that can be lost, doubled and swapped: the file header, then records. */
final class Pieces {

    private static final int HEADER = 24;
    private static final int RECORD_HEADER = 16;

    private Pieces() {}

    /** The pieces of little-endian files; the first one is the file header. */
    static List<byte[]> of(List<Path> files) throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        pieces.add(Arrays.copyOf(Files.readAllBytes(files.get(0)), HEADER));
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at = HEADER; at < bytes.length; ) {
                int captured = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 8);
                int end = at + RECORD_HEADER + captured;
                pieces.add(Arrays.copyOfRange(bytes, at, end));
                at = end;
            }
        }
        return pieces;
    }

    static InputStream stream(List<byte[]> pieces) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            stream.write(piece);
        }
        return new ByteArrayInputStream(stream.toByteArray());
    }

    static Optional<Marker> marker(byte[] record) {
        return Marker.find(record, RECORD_HEADER, record.length - RECORD_HEADER);
    }
}
