package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A source directory of very many files. Times are told; what is tested is that it works at all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyFilesIT {

    private static final int FILES = 50_000;
    private static final int ROLL_OVERS = 200;
    private static final int HEADER = 24;

    private Scratch scratch;
    private Mount mount;
    private byte[] segment;
    private int written;

    @BeforeAll
    void fillSource() throws IOException {
        scratch = new Scratch();
        Path source = scratch.directory("src");
        Path template = Captures.in(scratch.path()).segment("template", 1).paths().get(0);
        segment = Files.readAllBytes(template);
        while (written < FILES) {
            writeNext(source);
        }
        mount = Mount.of(scratch, source);
    }

    private void writeNext(Path source) throws IOException {
        Files.write(source.resolve(name(written)), segment);
        written++;
    }

    private static String name(int number) {
        return "eth0.pcap." + (1_700_000_000 + number);
    }

    @AfterAll
    void removeSource() throws IOException {
        mount.close();
        scratch.close();
    }

    @Test
    void shouldListThemAll() throws IOException {
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            Tool.Result list = Tool.run("ls", "-f", mount.path().toString()).assertQuiet();
            Measured.print("ls -f", start);
            // With the directory itself and the one above.
            // ".", "..", ".status" and ".metrics" as well.
            assertThat(list.output().lines().count()).isEqualTo(written + 4L);
        }
        long start = System.nanoTime();
        assertThat(Tool.run("ls", mount.path().toString()).output().lines()).hasSize(written);
        Measured.print("ls", start);
    }

    @Test
    void shouldReadARangeOfAThousand() throws IOException {
        Path range = mount.path(name(1000) + ".." + name(1999));
        assertSize(range, 1000);
        long start = System.nanoTime();
        Pieces.assertSequential(range, expected(1000), 1 << 17);
        Measured.print("read of a range of 1000", start);
    }

    @Test
    void shouldKnowTheSizeOfThemAll() throws IOException {
        Path range = mount.path(name(0) + ".." + name(FILES - 1));
        assertSize(range, FILES);
        assertSize(range, FILES);
    }

    private void assertSize(Path range, int segments) throws IOException {
        long start = System.nanoTime();
        try (FileChannel channel = FileChannel.open(range)) {
            Measured.print("open of a range of " + segments, start);
            assertThat(channel.size())
                    .isEqualTo(HEADER + (long) segments * (segment.length - HEADER));
        }
    }

    private byte[] expected(int segments) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + segments * (segment.length - HEADER));
        bytes.put(segment, 0, HEADER);
        byte[] records = Arrays.copyOfRange(segment, HEADER, segment.length);
        while (bytes.hasRemaining()) {
            bytes.put(records);
        }
        return bytes.array();
    }

    @Test
    void shouldFollowTheNewest() throws IOException {
        long start = System.nanoTime();
        try (StreamReader reader = StreamReader.of(mount.path(name(written - 1)))) {
            long length = segment.length;
            reader.awaitPosition(length);
            Measured.print("open of the newest, and all of it", start);
            long before = mount.daemon().cpuMillis();
            Measured measured = new Measured("roll-over to the end of the read");
            for (int i = 0; i < ROLL_OVERS; i++) {
                long rollOver = System.nanoTime();
                writeNext(mount.source());
                length += segment.length - HEADER;
                reader.awaitPosition(length);
                measured.add(rollOver);
            }
            System.out.println(measured);
            // Reading the whole directory once for each roll-over would cost some ten milliseconds.
            System.out.printf(
                    "measured: %.2f ms of the processor for a roll-over%n",
                    (mount.daemon().cpuMillis() - before) / (double) ROLL_OVERS);
        }
    }
}
