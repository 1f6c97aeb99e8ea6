package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The sizes that are told of a stream that is read through the page cache and grows. */
class PromisedSizeTest {

    private static final long OPENED = 23;

    private final Growing stream = new Growing();
    private final PromisedSize size = new PromisedSize(stream, OPENED);

    /** Has so much more at each look, in the end as much as at the last one. */
    private static final class Growing extends StubStream {
        final Deque<Long> lengths = new ArrayDeque<>(List.of(100L));

        /** What a look behind the last length meets. */
        Optional<IOException> badPlace = Optional.empty();

        @Override
        public long available(long atLeast) throws IOException {
            long length = lengths.size() > 1 ? lengths.removeFirst() : lengths.getFirst();
            if (badPlace.isPresent() && atLeast > length) {
                throw badPlace.get();
            }
            return length;
        }
    }

    @Test
    void shouldTellOfTheLastByteOnlyWhoHasHadTheOthers() throws IOException {
        assertThat(size.more()).contains(99L);
        assertThat(size.more()).contains(100L);
        assertThat(size.more()).isEmpty();
    }

    @Test
    void shouldKeepBackTheLastByteOfWhatComesBetweenTwoLooks() throws IOException {
        size.more();
        size.more();

        stream.lengths.addAll(List.of(100L, 5000L));
        stream.lengths.removeFirst();
        assertThat(size.more()).contains(4999L);
        assertThat(size.more()).contains(5000L);
        assertThat(size.more()).isEmpty();
    }

    @Test
    void shouldTellOfAllBeforeABadPlaceThenFailUntilItIsMended() throws IOException {
        stream.badPlace = Optional.of(new IOException("the disk fails here"));

        assertThat(size.more()).contains(99L);
        assertThat(size.more()).contains(100L);
        assertThatThrownBy(size::more).hasMessage("the disk fails here");
        assertThatThrownBy(size::more).hasMessage("the disk fails here");

        stream.badPlace = Optional.empty();
        assertThat(size.more()).isEmpty();
    }

    @Test
    void shouldLetTheReaderGoOnWhereSomeOfWhatWasPromisedIsOverwritten() throws IOException {
        size.more();
        size.more();
        assertThat(size.readable(0, 4096)).isEqualTo(100);

        stream.lengths.add(60L);
        stream.lengths.removeFirst();
        assertThat(size.more()).contains(100L);
        assertThat(size.more()).contains(100L);
    }

    @Test
    void shouldTellOfNoMoreThanThereIsOnceTheKernelWasToldOfTheEnd() throws IOException {
        size.more();
        size.more();

        size.endAt(60);

        assertThat(size.readable(0, 4096)).isEqualTo(60);
        assertThat(size.forOthers()).isEqualTo(60);
    }

    @Test
    void shouldFailBeforeAPageThatCouldNotBeGivenUntilItIsGiven() throws IOException {
        size.more();
        size.more();
        size.notGiven(50, new IOException("the disk fails here"));

        assertThatThrownBy(size::more).hasMessage("the disk fails here");
        size.given(0, 51);
        assertThat(size.more()).isEmpty();
    }

    @Test
    void shouldTellTheReaderAtFirstWhatOthersWereTold() throws IOException {
        assertThat(size.forOthers()).isEqualTo(99);

        // It may have asked because of the size at its opening.
        assertThat(size.more()).contains(99L);
        assertThat(size.more()).contains(100L);
    }

    @Test
    void shouldTellOthersNoMoreThanTheReaderOnceThatHasAsked() throws IOException {
        size.more();
        size.more();
        stream.lengths.add(5000L);
        stream.lengths.removeFirst();

        assertThat(size.forOthers()).isEqualTo(100);
        assertThat(size.more()).contains(4999L);
    }
}
