package org.fusedpcap.testkit.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fusedpcap.testkit.traffic.Marker;

/** Puts source files in order by what is in them, since the order of names is what is tested. */
final class SourceOrder {

    private SourceOrder() {}

    static List<Path> sorted(List<Path> files) throws IOException {
        TreeMap<Long, Path> sorted = new TreeMap<>();
        for (Path file : all(files)) {
            OptionalLong first = firstSequence(file);
            if (first.isPresent()) {
                sorted.put(first.getAsLong(), file);
            }
        }
        return List.copyOf(sorted.values());
    }

    private static List<Path> all(List<Path> files) throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                try (Stream<Path> children = Files.list(file)) {
                    children.filter(Files::isRegularFile).forEach(all::add);
                }
            } else {
                all.add(file);
            }
        }
        return all;
    }

    private static OptionalLong firstSequence(Path file) throws IOException {
        try (CaptureReader reader = CaptureReader.open(file)) {
            for (Optional<CapturedPacket> packet = reader.next();
                    packet.isPresent();
                    packet = reader.next()) {
                CapturedPacket p = packet.get();
                Optional<Marker> marker = Marker.find(p.bytes(), p.offset(), p.captured());
                if (marker.isPresent()) {
                    return OptionalLong.of(marker.get().sequence());
                }
            }
        }
        return OptionalLong.empty();
    }
}
