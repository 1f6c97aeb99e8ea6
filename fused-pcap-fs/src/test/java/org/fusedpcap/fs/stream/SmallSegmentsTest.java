package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.TestCapture.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedpcap.fs.compression.Packing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Very many small segments within one read. */
class SmallSegmentsTest {

    private static final int MANY = 1000;

    @TempDir Path path;

    @Test
    void shouldReadAndReadBackManyCompressedOnes() throws Exception {
        SmallHeap.run(WithARecord.class, Files.createDirectory(path.resolve("source")));
    }

    static final class WithARecord {
        public static void main(String[] args) throws IOException {
            byte[] all = capture(0, MANY);
            RangeFixture source = new RangeFixture(Path.of(args[0]));
            String[] names = new String[MANY];
            for (int i = 0; i < MANY; i++) {
                names[i] = "f" + i + ".gz";
                source.write(names[i], Packing.GZIP.pack(capture(i, 1)));
            }
            try (RangeStream range = source.open(names)) {
                assertThat(RangeFixture.readAll(range, 1 << 20)).isEqualTo(all);
                StreamReader again = new StreamReader(range);
                assertThat(again.drain(all.length)).isEqualTo(ReadResult.Nothing.END);
                assertThat(again.got()).isEqualTo(all);
            }
        }
    }
}
