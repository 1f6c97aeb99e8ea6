package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What came of a read. */
public sealed interface ReadResult {

    /**
     * Bytes, in the order of the stream; at least one piece.
     *
     * @param pieces each may hold a segment until it is {@linkplain Piece#release released}
     */
    record Data(List<Piece> pieces) implements ReadResult {

        /** Bytes in one piece. */
        static Data of(Piece piece) {
            return new Data(List.of(piece));
        }

        /** Number of bytes in all. */
        public int length() {
            int sum = 0;
            for (Piece piece : pieces) {
                sum += piece.length();
            }
            return sum;
        }

        /** The same bytes but for the last one, which there must be another one before. */
        public Data withoutLastByte() {
            List<Piece> fewer = new ArrayList<>(pieces);
            Piece last = fewer.remove(fewer.size() - 1);
            if (last.length() > 1) {
                fewer.add(last.withLength(last.length() - 1));
            } else {
                last.release();
            }
            return new Data(fewer);
        }

        /** Lets go of the segments. */
        public void release() {
            pieces.forEach(Piece::release);
        }
    }

    /** Nothing can be had, and why. */
    enum Nothing implements ReadResult {
        /** Nothing is there yet; more may come. */
        NOT_YET,
        /** The stream ends here. */
        END,
        /** The read begins behind what exists. */
        BEYOND,
        /** The read begins where the stream cannot go back or forward to. */
        NOT_SEEKABLE
    }

    /**
     * The stream cannot go on.
     *
     * @param cause what is wrong
     */
    record Failed(IOException cause) implements ReadResult {}
}
