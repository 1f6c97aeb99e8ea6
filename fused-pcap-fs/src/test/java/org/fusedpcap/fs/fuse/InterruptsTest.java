package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class InterruptsTest {

    private final Interrupts interrupts = new Interrupts();
    private final ConcurrentHashMap<Long, AtomicBoolean> told = new ConcurrentHashMap<>();

    /** Waits as a request does: registers, looks, parks. */
    private Thread waiter(long unique) {
        told.put(unique, new AtomicBoolean());
        Thread thread =
                new Thread(
                        () -> {
                            interrupts.register(unique);
                            while (!told.get(unique).get()) {
                                LockSupport.park(this);
                            }
                            interrupts.unregister(unique);
                        });
        thread.start();
        return thread;
    }

    private void tell(long unique) {
        told.get(unique).set(true);
        interrupts.wake(unique);
    }

    @Test
    void shouldWakeTheOneThatIsMeant() {
        Thread first = waiter(1);
        Thread second = waiter(2);
        Awaitility.await().until(() -> interrupts.waiting() == 2);

        tell(2);

        Awaitility.await().until(() -> !second.isAlive());
        assertThat(first.isAlive()).isTrue();
        assertThat(interrupts.waiting()).isEqualTo(1);
        tell(1);
        Awaitility.await().until(() -> !first.isAlive());
    }

    @Test
    void shouldWakeAll() {
        List<Thread> threads = new ArrayList<>();
        for (long unique = 0; unique < 50; unique++) {
            threads.add(waiter(unique));
        }
        told.values().forEach(one -> one.set(true));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            interrupts.wakeAll();
                            return threads.stream().noneMatch(Thread::isAlive);
                        });
        assertThat(interrupts.waiting()).isZero();
    }

    @Test
    void shouldMindNoInterruptOfARequestThatIsOver() {
        interrupts.wake(99);

        assertThat(interrupts.waiting()).isZero();
    }

    /** Whether it is told before it registers or after, a waiter never stays. */
    @Test
    void shouldMissNoInterruptHoweverItMeetsTheWaiter() {
        for (long unique = 0; unique < 2000; unique++) {
            Thread thread = waiter(unique);
            tell(unique);
            Awaitility.await().pollDelay(Duration.ZERO).until(() -> !thread.isAlive());
        }
    }
}
