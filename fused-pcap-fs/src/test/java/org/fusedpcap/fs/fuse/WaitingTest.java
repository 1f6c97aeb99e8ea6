package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.fusedpcap.fs.stream.CaptureStream;
import org.junit.jupiter.api.Test;

/** As far as a wait can be tried without a kernel that interrupts it. */
class WaitingTest {

    private static final Pointer NO_CHANNEL = Pointer.wrap(Runtime.getSystemRuntime(), 0L);

    private final Interrupts interrupts = new Interrupts();
    private final Waiting waiting = new Waiting(interrupts);
    private final AtomicInteger wakers = new AtomicInteger();

    /** A stream of which only the wakers matter. */
    private final CaptureStream stream =
            new StubStream() {
                @Override
                public void addWaker(Runnable waker) {
                    wakers.incrementAndGet();
                }

                @Override
                public void removeWaker(Runnable waker) {
                    wakers.decrementAndGet();
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
        Leadership leadership = new Leadership(() -> {}, 1);
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
        thread.begin(new Request(15, 7, 1, 0, 0, 0));
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
