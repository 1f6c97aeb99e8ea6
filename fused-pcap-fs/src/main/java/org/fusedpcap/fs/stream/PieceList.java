package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.fs.linux.NativeMemory;

/** Puts an answer together of pieces that name where their bytes are. Not thread-safe. */
final class PieceList implements ByteSink {

    /**
     * Shorter pieces are copied: a descriptor in the answer takes three system calls more, tiny
     * segments would be many descriptors, and what is copied here is looked at once more before it
     * is handed out.
     */
    static final int SHORTEST_IN_FILE = 96 * 1024;

    private final List<Piece> pieces = new ArrayList<>(2);
    private final LatestBytes latest;

    PieceList() {
        this(LatestBytes.none());
    }

    /**
     * @param latest is told of all that is appended
     */
    PieceList(LatestBytes latest) {
        this.latest = latest;
    }

    /** Appends bytes of a file, which the caller goes on holding. */
    void add(SegmentFile segment, long fileOffset, int length) throws IOException {
        if (length < SHORTEST_IN_FILE || !segment.isInFile()) {
            add(segment.copyToNative(fileOffset, length), length);
        } else {
            latest.add(segment, fileOffset, length);
            segment.retain();
            pieces.add(new Piece.InFile(segment, fileOffset, length));
        }
    }

    @Override
    public void add(SegmentFile segment, Rewriting rewriting, long fileOffset, int length)
            throws IOException {
        int changed = rewriting.changed(fileOffset, length);
        if (changed > 0) {
            add(rewriting.copyToNative(segment, fileOffset, changed), changed);
        }
        if (changed < length) {
            add(segment, fileOffset + changed, length - changed);
        }
    }

    /** Appends the first bytes of a memory, which is the piece's from then on. */
    void add(NativeMemory memory, int length) {
        pieces.add(new Piece.InNativeMemory(memory, length));
        latest.add(memory.buffer().slice(0, length));
    }

    @Override
    public void add(ByteBuffer bytes) {
        pieces.add(new Piece.InMemory(bytes));
        latest.add(bytes.slice());
    }

    /** The answer. */
    ReadResult.Data toData() {
        return new ReadResult.Data(List.copyOf(pieces));
    }

    /** Lets go of what was appended. */
    void release() {
        pieces.forEach(Piece::release);
    }
}
