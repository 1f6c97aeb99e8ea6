package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jnr.ffi.Pointer;
import org.fusedpcap.fs.linux.LibC;
import org.fusedpcap.fs.stream.Piece;
import org.fusedpcap.fs.stream.SegmentFile;
import org.fusedpcap.fs.stream.SegmentFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** struct fuse_bufvec, as /usr/include/fuse/fuse_common.h has it. */
class ReplyVectorTest {

    @TempDir Path directory;

    private static String memory(Pointer vector, int buffer) {
        Pointer memory = vector.getPointer(24 + 40L * buffer + 16);
        byte[] bytes = new byte[(int) vector.getLong(24 + 40L * buffer)];
        memory.get(0, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static void free(Pointer vector) {
        for (int i = 0; i < vector.getLong(0); i++) {
            Pointer memory = vector.getPointer(24 + 40L * i + 16);
            if (memory != null) {
                LibC.INSTANCE.free(memory);
            }
        }
        LibC.INSTANCE.free(vector);
    }

    @Test
    void shouldNameDescriptorsAndCarryMemoryInOrder() throws IOException {
        SegmentFiles files = SegmentFiles.anywhere();
        SegmentFile file = files.open(Files.write(directory.resolve("f1"), new byte[100_000]));
        Pointer vector =
                ReplyVector.of(
                        List.of(
                                new Piece.InMemory(
                                        ByteBuffer.wrap(
                                                "0123456789".getBytes(StandardCharsets.US_ASCII),
                                                2,
                                                5)),
                                new Piece.InFile(file, 4_000_000_000L, 70_000)));

        assertThat(vector.getLong(0)).isEqualTo(2);
        assertThat(vector.getLong(8)).isZero();
        assertThat(vector.getLong(16)).isZero();
        assertThat(vector.getLong(24)).isEqualTo(5);
        assertThat(vector.getInt(32)).isZero();
        assertThat(memory(vector, 0)).isEqualTo("23456");
        assertThat(vector.getLong(64)).isEqualTo(70_000);
        assertThat(vector.getInt(72)).isEqualTo(2 | 4 | 8);
        assertThat(vector.getPointer(80)).isNull();
        assertThat(vector.getInt(88)).isEqualTo(file.descriptor());
        assertThat(vector.getLong(96)).isEqualTo(4_000_000_000L);
        free(vector);
        file.release();
    }

    @Test
    void shouldSayEndByOneBufferWithoutBytes() {
        Pointer vector = ReplyVector.empty();

        assertThat(vector.getLong(0)).isEqualTo(1);
        for (int at = 8; at < 64; at += 8) {
            assertThat(vector.getLong(at)).isZero();
        }
        free(vector);
    }

    @Test
    void shouldCutAShortFileToWhatIsAskedFor() {
        byte[] content = "0123456789".getBytes(StandardCharsets.US_ASCII);
        Pointer middle = ReplyVector.of(content, 3, 4);
        Pointer tail = ReplyVector.of(content, 8, 100);
        Pointer behind = ReplyVector.of(content, 1L << 40, 100);

        assertThat(memory(middle, 0)).isEqualTo("3456");
        assertThat(memory(tail, 0)).isEqualTo("89");
        assertThat(behind.getLong(24)).isZero();
        free(middle);
        free(tail);
        free(behind);
    }
}
