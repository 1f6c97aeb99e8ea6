package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.fs.options.StreamOptions;
import org.fusedpcap.fs.status.StreamKind;
import org.junit.jupiter.api.Test;

/** The sizes that are told of a stream that is read through the page cache and grows. */
class StreamHandleTest {

    private static final long OPENED = 23;

    private final Growing stream = new Growing();
    private final StreamHandle handle =
            new StreamHandle(
                    "/f1",
                    new Attributes(Attributes.REGULAR, 0, 0, OPENED, 0),
                    stream,
                    new Ledger()
                            .open("/f1", StreamKind.FOLLOW, StreamOptions.DEFAULTS, new Readers()),
                    Caching.GROWING,
                    () -> {});

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
        assertThat(handle.promiseMore()).contains(99L);
        assertThat(handle.promiseMore()).contains(100L);
        assertThat(handle.promiseMore()).isEmpty();
    }

    @Test
    void shouldKeepBackTheLastByteOfWhatComesBetweenTwoLooks() throws IOException {
        handle.promiseMore();
        handle.promiseMore();

        stream.lengths.addAll(List.of(100L, 5000L));
        stream.lengths.removeFirst();
        assertThat(handle.promiseMore()).contains(4999L);
        assertThat(handle.promiseMore()).contains(5000L);
        assertThat(handle.promiseMore()).isEmpty();
    }

    @Test
    void shouldTellOfAllBeforeABadPlaceThenFailUntilItIsMended() throws IOException {
        stream.badPlace = Optional.of(new IOException("the disk fails here"));

        assertThat(handle.promiseMore()).contains(99L);
        assertThat(handle.promiseMore()).contains(100L);
        assertThatThrownBy(handle::promiseMore).hasMessage("the disk fails here");
        assertThatThrownBy(handle::promiseMore).hasMessage("the disk fails here");

        stream.badPlace = Optional.empty();
        assertThat(handle.promiseMore()).isEmpty();
    }

    @Test
    void shouldTellTheReaderAtFirstWhatOthersWereTold() throws IOException {
        assertThat(handle.sizeForOthers()).isEqualTo(99);

        // It may have asked because of the size at its opening.
        assertThat(handle.promiseMore()).contains(99L);
        assertThat(handle.promiseMore()).contains(100L);
    }

    @Test
    void shouldTellOthersNoMoreThanTheReaderOnceThatHasAsked() throws IOException {
        handle.promiseMore();
        handle.promiseMore();
        stream.lengths.add(5000L);
        stream.lengths.removeFirst();

        assertThat(handle.sizeForOthers()).isEqualTo(100);
        assertThat(handle.promiseMore()).contains(4999L);
    }
}
