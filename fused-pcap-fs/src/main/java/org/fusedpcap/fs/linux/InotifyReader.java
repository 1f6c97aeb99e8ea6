package org.fusedpcap.fs.linux;

import static org.fusedpcap.fs.linux.InotifyEvents.IN_ATTRIB;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_CLOSE_WRITE;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_CREATE;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_DELETE;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_DELETE_SELF;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_IGNORED;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_ISDIR;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_MODIFY;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_MOVED_FROM;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_MOVED_TO;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_MOVE_SELF;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_Q_OVERFLOW;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_UNMOUNT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import jnr.constants.platform.Errno;
import jnr.ffi.LastError;
import jnr.ffi.Runtime;
import org.fusedpcap.fs.series.DirectoryListener;
import org.fusedpcap.fs.series.FileChange;
import org.fusedpcap.fs.series.FileChange.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a batch of events and tells it to the listeners, sorted by directory. A listener that fails
 * on its news is told that it has lost some. Not thread-safe.
 */
final class InotifyReader {

    private static final Logger LOG = LoggerFactory.getLogger(InotifyReader.class);
    private static final int BATCH_BYTES = 64 * 1024;
    private static final int EVERYONE = -1;

    private final InotifyLibC libc;
    private final int descriptor;
    private final IntFunction<Iterable<DirectoryListener>> told;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BATCH_BYTES);
    private final InotifyEvents events = new InotifyEvents(bytes);
    private final Map<Integer, InotifyBatch> batches = new LinkedHashMap<>();

    /**
     * @param told the listeners of a watch descriptor; of all of them, if it is negative
     */
    InotifyReader(InotifyLibC libc, int descriptor, IntFunction<Iterable<DirectoryListener>> told) {
        this.libc = libc;
        this.descriptor = descriptor;
        this.told = told;
    }

    /** Tells the next batch; false if there is none. */
    boolean read() throws IOException {
        bytes.clear();
        long length = libc.read(descriptor, bytes, BATCH_BYTES);
        if (length < 0) {
            return again(LastError.getLastError(Runtime.getRuntime(libc)));
        }
        events.begin((int) length);
        while (events.next()) {
            take(events.mask());
        }
        tell();
        return length > 0;
    }

    /** Whether somebody is to be asked again, be there events or not. */
    boolean isAnyoneWaiting() {
        for (DirectoryListener listener : told.apply(EVERYONE)) {
            if (listener.isBehind() || listener.isUsed()) {
                return true;
            }
        }
        return false;
    }

    /** Tells those whose directory is not at its path any more. */
    void tellThoseThatLeft() {
        for (DirectoryListener listener : told.apply(EVERYONE)) {
            if (listener.hasLeftItsPath()) {
                hasTaken(listener, DirectoryListener::gone);
            }
        }
    }

    /** Tells those who could not take in all that they have lost some. */
    void tellBehind() {
        for (DirectoryListener listener : told.apply(EVERYONE)) {
            if (listener.isBehind()) {
                hasTaken(listener, DirectoryListener::lost);
            }
        }
    }

    /** Tells everyone that nothing more will be told. */
    void tellGone() {
        tell(EVERYONE, DirectoryListener::gone);
    }

    private static boolean again(int error) throws IOException {
        if (error == Errno.EAGAIN.intValue()) {
            return false;
        }
        if (error == Errno.EINTR.intValue()) {
            return true;
        }
        throw new IOException("read of inotify events: " + Errno.valueOf(error).description());
    }

    private void take(int mask) {
        if ((mask & IN_Q_OVERFLOW) != 0) {
            tell();
            tell(EVERYONE, DirectoryListener::lost);
        } else if ((mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED)) != 0) {
            tell();
            // Told once: whoever hears it closes the watch.
            tell(events.watch(), DirectoryListener::gone);
        } else if ((mask & IN_ISDIR) == 0) {
            kind(mask)
                    .ifPresent(
                            kind ->
                                    batches.computeIfAbsent(
                                                    events.watch(), watch -> new InotifyBatch())
                                            .add(new FileChange(events.name(), kind)));
        }
    }

    private void tell() {
        batches.forEach(
                (watch, batch) -> tell(watch, listener -> listener.changed(batch.changes())));
        batches.clear();
    }

    private void tell(int watch, Consumer<DirectoryListener> news) {
        for (DirectoryListener listener : told.apply(watch)) {
            if (!hasTaken(listener, news)) {
                hasTaken(listener, DirectoryListener::lost);
            }
        }
    }

    private static boolean hasTaken(DirectoryListener listener, Consumer<DirectoryListener> news) {
        try {
            news.accept(listener);
            return true;
        } catch (Throwable failure) {
            // One directory's bug, or one moment without memory, must not silence all of them.
            LOG.error("A change of a directory was not dealt with", failure);
            return false;
        }
    }

    private static Optional<Kind> kind(int mask) {
        return Optional.ofNullable(
                switch (mask) {
                    case IN_MODIFY -> Kind.MODIFIED;
                    case IN_CLOSE_WRITE -> Kind.CLOSED;
                    case IN_CREATE -> Kind.CREATED;
                    case IN_MOVED_TO -> Kind.MOVED_IN;
                    case IN_DELETE, IN_MOVED_FROM -> Kind.REMOVED;
                    case IN_ATTRIB -> Kind.TOUCHED;
                    default -> null;
                });
    }
}
