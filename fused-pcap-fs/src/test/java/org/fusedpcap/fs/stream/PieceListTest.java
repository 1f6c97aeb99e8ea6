package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.slice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PieceListTest {

    @TempDir Path directory;
    private final SegmentFiles files = SegmentFiles.anywhere();
    private final byte[] content = capture(0, 3000);
    private SegmentFile file;

    @BeforeEach
    void open() throws IOException {
        file = files.open(Files.write(directory.resolve("f1"), content));
    }

    @Test
    void shouldCopyShortPiecesAndNameTheFileInLongOnes() throws IOException {
        int longer = PieceList.SHORTEST_IN_FILE;
        PieceList pieces = new PieceList();
        pieces.add(file, 0, longer - 1);
        pieces.add(file, longer - 1L, longer);
        pieces.add(ByteBuffer.wrap(content, 2 * longer - 1, 17));
        ReadResult.Data data = pieces.toData();

        assertThat(data.pieces())
                .hasExactlyElementsOfTypes(
                        Piece.InNativeMemory.class, Piece.InFile.class, Piece.InMemory.class);
        assertThat(data.length()).isEqualTo(2 * longer + 16);
        assertThat(StreamReader.bytes(data)).isEqualTo(slice(content, 0, 2 * longer + 16));
    }

    @Test
    void shouldHoldTheFileUntilTheAnswerIsReleased() throws IOException {
        PieceList pieces = new PieceList();
        pieces.add(file, 0, PieceList.SHORTEST_IN_FILE);
        file.release();
        assertThat(files.openCount()).isEqualTo(1);

        pieces.toData().release();

        assertThat(files.openCount()).isZero();
    }

    @Test
    void shouldFailWhereTheFileHasBecomeShorter() {
        assertThatThrownBy(() -> new PieceList().add(file, content.length - 10, 20))
                .isInstanceOf(ShortFileException.class)
                .hasMessageContaining(String.valueOf(content.length));
    }
}
