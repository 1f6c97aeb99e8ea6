package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.fs.options.StreamOptions;
import org.fusedpcap.fs.status.StreamKind;
import org.fusedpcap.fs.stream.Piece;
import org.fusedpcap.fs.stream.ReadResult;
import org.junit.jupiter.api.Test;

/** Requests for pages of a stream of which more was promised than there is. */
class PageReadsTest {

    private static final int PAGE = 4096;
    private static final int PROMISED = 10 * PAGE;

    private final PageReads reads = new PageReads(new Waiting(new Interrupts()));
    private final Overwritten stream = new Overwritten();
    private final StreamHandle handle =
            new StreamHandle(
                    "/f1",
                    new Attributes(Attributes.REGULAR, 0, 0, PROMISED, 0),
                    stream,
                    new Ledger()
                            .open("/f1", StreamKind.FOLLOW, StreamOptions.DEFAULTS, new Readers()),
                    Caching.GROWING,
                    () -> {});

    /** Has fewer bytes than it had. */
    private static final class Overwritten extends StubStream {
        long length = PROMISED;
        ReadResult behind = ReadResult.Nothing.NOT_YET;
        final List<String> given = new ArrayList<>();

        @Override
        public ReadResult read(long streamOffset, int most) {
            return streamOffset < length
                    ? give(streamOffset, (int) Math.min(most, length - streamOffset))
                    : behind;
        }

        @Override
        public ReadResult readFully(long streamOffset, int count) {
            return streamOffset + count <= length ? give(streamOffset, count) : behind;
        }

        private ReadResult give(long offset, int count) {
            given.add(offset + "+" + count);
            return new ReadResult.Data(List.of(new Piece.InMemory(ByteBuffer.allocate(count))));
        }

        @Override
        public long available(long atLeast) {
            return length;
        }
    }

    private int read(long offset, int length) throws FuseException {
        ReadResult result = reads.read(handle, offset, length, true);
        return result instanceof ReadResult.Data data ? data.length() : -1;
    }

    private void assertRefused(long offset, int length) {
        assertThatThrownBy(() -> read(offset, length))
                .isInstanceOf(FuseException.class)
                .extracting(thrown -> ((FuseException) thrown).errno())
                .isEqualTo(Errno.EAGAIN);
    }

    @Test
    void shouldAnswerInFull() throws FuseException {
        assertThat(read(0, 8 * PAGE)).isEqualTo(8 * PAGE);
        assertThat(read(8L * PAGE, 8 * PAGE)).isEqualTo(2 * PAGE);
    }

    @Test
    void shouldRefuseWhatCannotBeAnsweredInFullAndGiveItsPages() throws FuseException {
        stream.length = 2 * PAGE + 100;

        assertRefused(0, 8 * PAGE);
        assertThat(stream.given).isEmpty();
        assertThat(read(0, PAGE)).isEqualTo(PAGE);
        assertThat(read(PAGE, PAGE)).isEqualTo(PAGE);
    }

    @Test
    void shouldWaitForAPageOnlyOnceTheReaderItselfAsksForIt() throws FuseException {
        stream.length = 100;

        assertRefused(0, PAGE);
        // Who would wait is told so here.
        assertThat(reads.read(handle, 0, PAGE, true)).isEqualTo(ReadResult.Nothing.NOT_YET);
        assertThat(stream.given).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsReadAheadBehindPagesThatWereRefused() throws FuseException {
        stream.length = PAGE;
        assertRefused(0, 2 * PAGE);
        stream.length = PROMISED;

        assertRefused(2L * PAGE, 4 * PAGE);
        assertThat(read(0, PAGE)).isEqualTo(PAGE);
        assertThat(read(PAGE, PAGE)).isEqualTo(PAGE);
        assertThat(read(2L * PAGE, 4 * PAGE)).isEqualTo(4 * PAGE);
    }

    @Test
    void shouldAnswerShortlyWhereTheStreamEndsAndTellOfNoMoreFromThenOn()
            throws FuseException, IOException {
        stream.length = PAGE + 100;
        stream.behind = ReadResult.Nothing.END;

        assertRefused(0, 4 * PAGE);
        assertThat(read(0, PAGE)).isEqualTo(PAGE);
        assertThat(read(PAGE, PAGE)).isEqualTo(100);
        assertThat(handle.size().forOthers()).isEqualTo(PAGE + 100);
        assertThat(reads.read(handle, 2L * PAGE, PAGE, true)).isEqualTo(ReadResult.Nothing.END);
    }

    @Test
    void shouldRefuseToGoBackAndNotTakeThatForTheEnd() throws FuseException, IOException {
        stream.length = 0;
        stream.behind = ReadResult.Nothing.NOT_SEEKABLE;

        assertThat(reads.read(handle, PAGE, 4 * PAGE, true)).isEqualTo(stream.behind);
        assertThat(reads.read(handle, PAGE, PAGE, true)).isEqualTo(stream.behind);
        assertThat(handle.size().forOthers()).isEqualTo(PROMISED);
    }

    @Test
    void shouldGiveWhatIsBeforeABadPlaceThenFail() throws FuseException {
        stream.length = PAGE + 100;
        stream.behind = new ReadResult.Failed(new IOException("the disk fails here"));

        assertRefused(0, 4 * PAGE);
        assertThat(read(0, PAGE)).isEqualTo(PAGE);
        assertThat(read(PAGE, PAGE)).isEqualTo(100);
        stream.length = PAGE;
        assertThat(reads.read(handle, PAGE, PAGE, true)).isEqualTo(stream.behind);
        assertThatThrownBy(handle.size()::more).hasMessage("the disk fails here");
    }
}
