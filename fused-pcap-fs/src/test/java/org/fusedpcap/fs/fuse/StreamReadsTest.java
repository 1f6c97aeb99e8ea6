package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.fusedpcap.fs.options.StreamOptions;
import org.fusedpcap.fs.status.StreamKind;
import org.fusedpcap.fs.stream.CaptureStream;
import org.fusedpcap.fs.stream.Piece;
import org.fusedpcap.fs.stream.ReadResult;
import org.junit.jupiter.api.Test;

/** Long reads, behind which the kernel may ask for more in the same read(2). */
class StreamReadsTest {

    private static final int LENGTH = 128 * 1024;
    private static final Pointer NO_CHANNEL = Pointer.wrap(Runtime.getSystemRuntime(), 0L);

    private final StreamReads reads = new StreamReads(new Waiting(new Interrupts()));

    /** What a stream has behind the bytes of a read. */
    @FunctionalInterface
    private interface Behind {
        long available(long atLeast) throws IOException;
    }

    @Test
    void shouldLeaveTheLastByteWhereTheNextReadWouldWait() throws Exception {
        assertThat(read(atLeast -> LENGTH).orElseThrow().length()).isEqualTo(LENGTH - 1);
    }

    @Test
    void shouldGiveAllWhereMoreIsThere() throws Exception {
        assertThat(read(atLeast -> atLeast).orElseThrow().length()).isEqualTo(LENGTH);
    }

    @Test
    void shouldGiveWhatIsThereBeforeThePlaceWhereTheStreamFails() throws Exception {
        Optional<ReadResult.Data> data =
                read(
                        atLeast -> {
                            throw new IOException("the disk fails here");
                        });

        assertThat(data.orElseThrow().length()).isEqualTo(LENGTH);
    }

    private Optional<ReadResult.Data> read(Behind behind) throws Exception {
        StreamHandle handle = handle(new Bytes(behind));
        CompletableFuture<Optional<ReadResult.Data>> answer = new CompletableFuture<>();
        Leadership leadership = new Leadership(() -> {}, 1);
        SessionThread thread =
                new SessionThread(
                        Thread.currentThread().getThreadGroup(),
                        () -> {
                            try {
                                answer.complete(reads.read(handle, 0, LENGTH, false));
                            } catch (FuseException | IOException | RuntimeException | Error e) {
                                answer.completeExceptionally(e);
                            }
                        },
                        "reader",
                        leadership,
                        NO_CHANNEL,
                        new Lookout(-1));
        thread.begin(new Request(15, 7, 1, 0, 0, 0));
        thread.start();
        try {
            return answer.get(20, TimeUnit.SECONDS);
        } finally {
            leadership.close();
        }
    }

    private static StreamHandle handle(CaptureStream stream) {
        StreamAccount account =
                new Ledger().open("/f1", StreamKind.FOLLOW, StreamOptions.DEFAULTS, new Readers());
        Attributes file = new Attributes(Attributes.REGULAR, 0, 0, 0, 0);
        return new StreamHandle("/f1", file, stream, account, Caching.NONE, () -> {});
    }

    /** A stream of zeroes. */
    private static final class Bytes extends StubStream {
        private final Behind behind;

        Bytes(Behind behind) {
            this.behind = behind;
        }

        @Override
        public ReadResult read(long streamOffset, int length) {
            return new ReadResult.Data(List.of(new Piece.InMemory(ByteBuffer.allocate(length))));
        }

        @Override
        public long available(long atLeast) throws IOException {
            return behind.available(atLeast);
        }
    }
}
