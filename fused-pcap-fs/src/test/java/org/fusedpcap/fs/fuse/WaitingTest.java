package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.fusedpcap.fs.series.Backlog;
import org.fusedpcap.fs.stream.CaptureStream;
import org.fusedpcap.fs.stream.Progress;
import org.fusedpcap.fs.stream.ReadResult;
import org.junit.jupiter.api.Test;

/** As far as a wait can be tried without a kernel that interrupts it. */
class WaitingTest {

    private static final Pointer NO_CHANNEL = Pointer.wrap(Runtime.getSystemRuntime(), 0L);

    private final Interrupts interrupts = new Interrupts();
    private final Waiting waiting = new Waiting(interrupts);
    private final AtomicInteger wakers = new AtomicInteger();

    /** A stream of which only the wakers matter. */
    private final CaptureStream stream =
            new CaptureStream() {
                @Override
                public ReadResult read(long streamOffset, int length) {
                    return ReadResult.Nothing.NOT_YET;
                }

                @Override
                public long available(long atLeast) {
                    return 0;
                }

                @Override
                public boolean isEnded() {
                    return false;
                }

                @Override
                public String segment() {
                    return "f1";
                }

                @Override
                public Progress progress(long streamOffset) {
                    return new Progress("f1", 0, OptionalLong.empty(), Backlog.NONE);
                }

                @Override
                public void addWaker(Runnable waker) {
                    wakers.incrementAndGet();
                }

                @Override
                public void removeWaker(Runnable waker) {
                    wakers.decrementAndGet();
                }

                @Override
                public void close() {
                    throw new AssertionError("a wait closes nothing");
                }
            };

    @Test
    void shouldNotWaitForWhatIsThere() throws IOException, FuseException {
        assertThat(waiting.await(stream, () -> Optional.of("bytes"))).isEqualTo("bytes");
        assertThat(wakers).hasValue(0);
        assertThat(interrupts.waiting()).isZero();
    }

    @Test
    void shouldNotBeginToWaitOnceTheFileSystemStops() throws Exception {
        waiting.stop();
        Leadership leadership = new Leadership(() -> {});
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        SessionThread thread =
                new SessionThread(
                        Thread.currentThread().getThreadGroup(),
                        () -> {
                            try {
                                waiting.await(stream, Optional::empty);
                            } catch (FuseException | RuntimeException | Error e) {
                                end.complete(e);
                            }
                        },
                        "waiter",
                        leadership,
                        NO_CHANNEL,
                        new Lookout(-1));
        thread.begin(new Request(15, 7, 1, 0));
        thread.start();

        assertThat(end.get(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        FuseException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EIO));
        leadership.close();
        assertThat(wakers).hasValue(0);
        assertThat(interrupts.waiting()).isZero();
    }

    @Test
    void shouldPassOnWhatGoesWrongInTheAttempt() {
        assertThatThrownBy(
                        () ->
                                waiting.await(
                                        stream,
                                        () -> {
                                            throw new IllegalStateException("a bug");
                                        }))
                .isInstanceOf(IllegalStateException.class);
    }
}
