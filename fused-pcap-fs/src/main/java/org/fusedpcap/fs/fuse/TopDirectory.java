package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.fusedpcap.fs.linux.FileStatus;

/**
 * The status of the source directory. The kernel asks for it with each walk into the mount, so also
 * on the way to {@code .status}, which must answer when the source does not. A local file system
 * has it in memory; another one (NFS, FUSE) may hang, so there it is asked by a thread of its own,
 * and without an answer in time what was known last holds. Thread-safe.
 */
final class TopDirectory implements AutoCloseable {

    private static final long PATIENCE_MS = 250;
    private static final long IDLE_SECONDS = 10;

    private record Question(FutureTask<FileStatus> answer, long askedNs) {

        boolean isOverdue() {
            return System.nanoTime() - askedNs > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        }
    }

    private final Path path;
    private final boolean mayHang;
    private final ExecutorService asking =
            new ThreadPoolExecutor(
                    0,
                    1,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    TopDirectory::thread);

    /** Guarded by this. */
    private Optional<Question> question = Optional.empty();

    private volatile FileStatus known;

    /**
     * @param mayHang whether the file system may keep those who ask waiting
     */
    TopDirectory(Path path, boolean mayHang) throws IOException {
        this.path = path;
        this.mayHang = mayHang;
        this.known = FileStatus.of(path);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "source");
        thread.setDaemon(true);
        return thread;
    }

    /** The directory's status, as new as can be had. */
    FileStatus status() throws IOException {
        return mayHang ? ask() : FileStatus.of(path);
    }

    private FileStatus ask() throws IOException {
        Question asked = ask(new FutureTask<>(() -> FileStatus.of(path)));
        if (asked.isOverdue() && !asked.answer().isDone()) {
            return known;
        }
        try {
            known = asked.answer().get(PATIENCE_MS, TimeUnit.MILLISECONDS);
            return known;
        } catch (TimeoutException e) {
            return known;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return known;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
        }
    }

    /** Asks, unless an earlier question waits for its answer still. */
    private synchronized Question ask(FutureTask<FileStatus> answer) {
        if (question.isEmpty() || question.get().answer().isDone()) {
            question = Optional.of(new Question(answer, System.nanoTime()));
            asking.execute(answer);
        }
        return question.get();
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
