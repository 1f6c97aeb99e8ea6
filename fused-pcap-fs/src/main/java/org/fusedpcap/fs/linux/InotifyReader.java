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
import java.util.function.IntFunction;
import jnr.constants.platform.Errno;
import jnr.ffi.LastError;
import jnr.ffi.Runtime;
import org.fusedpcap.fs.series.FileChange;
import org.fusedpcap.fs.series.FileChange.Kind;

/** Reads a batch of events and puts them among the news of their directories. Not thread-safe. */
final class InotifyReader {

    private static final int BATCH_BYTES = 64 * 1024;

    /** Stands for a watch descriptor. */
    static final int EVERYONE = -1;

    private final InotifyLibC libc;
    private final int descriptor;
    private final IntFunction<Iterable<DirectoryNews>> news;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BATCH_BYTES);
    private final InotifyEvents events = new InotifyEvents(bytes);
    private final Map<Integer, InotifyBatch> batches = new LinkedHashMap<>();

    /**
     * @param news of the directory of a watch descriptor; of all of them, if it is negative
     */
    InotifyReader(InotifyLibC libc, int descriptor, IntFunction<Iterable<DirectoryNews>> news) {
        this.libc = libc;
        this.descriptor = descriptor;
        this.news = news;
    }

    /** Takes the next batch; false if there is none. */
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
            news.apply(EVERYONE).forEach(DirectoryNews::lost);
        } else if ((mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED)) != 0) {
            tell();
            news.apply(events.watch()).forEach(DirectoryNews::gone);
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
        batches.forEach((watch, batch) -> news.apply(watch).forEach(one -> put(one, batch)));
        batches.clear();
    }

    private static void put(DirectoryNews news, InotifyBatch batch) {
        try {
            news.changed(batch.changes());
        } catch (OutOfMemoryError moment) {
            // It must not silence all directories.
            news.lost();
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
