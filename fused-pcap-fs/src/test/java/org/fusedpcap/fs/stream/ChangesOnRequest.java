package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.fusedpcap.fs.linux.InotifyChanges;
import org.fusedpcap.fs.series.ChangeSource;
import org.fusedpcap.fs.series.DirectoryListener;
import org.fusedpcap.fs.series.FileChange;

/** Tells what the kernel tells, but not before it is asked to: the latest that notices can be. */
final class ChangesOnRequest implements ChangeSource {

    private final ChangeSource kernel;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<Runnable> next = new AtomicReference<>(() -> {});

    ChangesOnRequest() throws IOException {
        kernel = new InotifyChanges();
    }

    /** How often it was asked. */
    int requests() {
        return requests.get();
    }

    /** Has something happen while the next one who asks is waiting. */
    void atNextRequest(Runnable event) {
        next.set(event);
    }

    @Override
    public Watch watch(Path directory, DirectoryListener listener) throws IOException {
        Kept kept = new Kept(listener);
        Watch watch = kernel.watch(directory, kept);
        return new Watch() {
            @Override
            public boolean sync() {
                requests.incrementAndGet();
                next.getAndSet(() -> {}).run();
                boolean told = watch.sync();
                kept.tell();
                return told;
            }

            @Override
            public void close() {
                watch.close();
            }
        };
    }

    @Override
    public boolean seesAll(Path directory) {
        return kernel.seesAll(directory);
    }

    @Override
    public void close() {
        kernel.close();
    }

    private static final class Kept implements DirectoryListener {

        private final DirectoryListener listener;

        /** Guarded by this. */
        private final List<FileChange> changes = new ArrayList<>();

        Kept(DirectoryListener listener) {
            this.listener = listener;
        }

        synchronized void tell() {
            listener.changed(List.copyOf(changes));
            changes.clear();
        }

        @Override
        public synchronized void changed(List<FileChange> batch) {
            changes.addAll(batch);
        }

        @Override
        public void lost() {
            listener.lost();
        }

        @Override
        public boolean isBehind() {
            return listener.isBehind();
        }

        @Override
        public boolean isUsed() {
            return listener.isUsed();
        }

        @Override
        public boolean hasLeftItsPath() {
            return listener.hasLeftItsPath();
        }

        @Override
        public void gone() {
            listener.gone();
        }

        @Override
        public Collection<String> hotNames() {
            return listener.hotNames();
        }
    }
}
