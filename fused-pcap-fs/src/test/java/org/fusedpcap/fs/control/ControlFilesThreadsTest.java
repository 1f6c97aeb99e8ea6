package org.fusedpcap.fs.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.fs.options.names.ControlName;
import org.fusedpcap.fs.options.names.ControlName.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlFilesThreadsTest {

    private static final int READERS = 16;
    private static final int ROUNDS = 500;
    private static final int LIMIT_S = 60;

    private final ControlFiles files = new ControlFiles(Clock.systemUTC());
    private final ExecutorService threads = Executors.newFixedThreadPool(2 * READERS + 1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void shouldWakeEveryReaderThatWaitsForAnEndWhereverItIsOnItsWay() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String segment = "seg" + round;
            List<Future<Boolean>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                readers.add(threads.submit(() -> waitForEndAt(segment)));
            }
            files.write(ControlName.of(Kind.END), segment.getBytes(UTF_8));
            for (Future<Boolean> reader : readers) {
                assertThat(reader.get(LIMIT_S, TimeUnit.SECONDS)).as(segment).isTrue();
            }
        }
    }

    private boolean waitForEndAt(String segment) throws InterruptedException {
        Semaphore woken = new Semaphore(0);
        ControlFiles.Subscription subscription = files.subscribe(woken::release);
        try {
            while (files.endAt(segment).isEmpty()) {
                if (!woken.tryAcquire(LIMIT_S, TimeUnit.SECONDS)) {
                    return false;
                }
            }
            return true;
        } finally {
            subscription.close();
        }
    }

    @Test
    void shouldStayWholeWhenAllIsDoneAtOnce() throws Exception {
        List<Future<Void>> all = new ArrayList<>();
        for (int thread = 0; thread < READERS; thread++) {
            int pid = 1 + thread;
            all.add(threads.submit(() -> writeAndRead(pid)));
            all.add(threads.submit(listAll()));
        }
        for (Future<Void> one : all) {
            one.get(LIMIT_S, TimeUnit.SECONDS);
        }
        assertThat(files.list())
                .extracting(file -> file.name().kind())
                .containsOnly(Kind.LAST, Kind.NEXT);
        assertThat(files.list()).hasSize(2 * READERS);
    }

    private Void writeAndRead(int pid) throws InvalidPatternException {
        ControlName own = new ControlName(Kind.END, pid);
        for (int round = 0; round < ROUNDS; round++) {
            String segment = "seg" + round;
            files.create(own);
            files.write(own, segment.getBytes(UTF_8));
            assertThat(files.endAt(segment, Set.of(pid))).contains(own);
            files.recordEnd(own, segment, "");
            assertThat(files.find(own.with(Kind.LAST)).orElseThrow().text())
                    .isEqualTo(segment + "\n");
            files.remove(own);
            assertThat(files.endAt(segment, Set.of(pid))).isEmpty();
        }
        return null;
    }

    private Callable<Void> listAll() {
        return () -> {
            for (int round = 0; round < ROUNDS; round++) {
                for (ControlFile file : files.list()) {
                    assertThat(file.text()).matches("(seg[0-9]+\n)?");
                }
            }
            return null;
        };
    }
}
