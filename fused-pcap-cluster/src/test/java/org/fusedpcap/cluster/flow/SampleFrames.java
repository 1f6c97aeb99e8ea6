package org.fusedpcap.cluster.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One frame of each kind, from the file of test vectors. */
final class SampleFrames {

    private static final String FILE = "/flow-hash-vectors.txt";

    private SampleFrames() {}

    /** A line of the file. */
    record Sample(
            String name,
            int linkType,
            ClusterMode mode,
            TunnelMode tunnel,
            byte[] frame,
            String key,
            long hash,
            List<Integer> members) {

        private static Sample parse(String line) {
            String[] fields = line.split("\\|");
            return new Sample(
                    fields[0].strip(),
                    Integer.parseInt(fields[1].strip()),
                    ClusterMode.of(Integer.parseInt(fields[2].strip())),
                    TunnelMode.valueOf(fields[3].strip().toUpperCase(Locale.ROOT)),
                    HexFormat.of().parseHex(fields[4].strip()),
                    fields[5].strip(),
                    Long.parseUnsignedLong(fields[6].strip(), 16),
                    Stream.of(fields[7].strip().split(" ")).map(Integer::valueOf).toList());
        }

        @Override
        public String toString() {
            return name + ", mode " + mode.number() + ", " + tunnel;
        }
    }

    /** Each frame once. */
    static List<Sample> distinct() {
        return all().stream()
                .filter(s -> s.mode() == ClusterMode.VLAN_IP_PORT && s.tunnel() == TunnelMode.OUTER)
                .toList();
    }

    static List<Sample> all() {
        try (InputStream in = SampleFrames.class.getResourceAsStream(FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Sample::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
