package org.fusedpcap.fs.fuse;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The open handles by the numbers that the kernel knows them by. Thread-safe. */
final class HandleTable {

    private final ConcurrentHashMap<Long, OpenHandle> handles = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /** Gives a handle its number, which no other one gets again. */
    long add(OpenHandle handle) {
        long number = last.incrementAndGet();
        handles.put(number, handle);
        return number;
    }

    Optional<OpenHandle> find(long number) {
        return Optional.ofNullable(handles.get(number));
    }

    /** A handle that was opened by this path, if one is open. */
    Optional<OpenHandle> openedBy(String path) {
        return handles.values().stream().filter(handle -> handle.path().equals(path)).findFirst();
    }

    /** Forgets a handle and closes it. */
    void close(long number) {
        OpenHandle handle = handles.remove(number);
        if (handle != null) {
            handle.close();
        }
    }

    /** All handles; what is opened or closed meanwhile may be among them or not. */
    Collection<OpenHandle> all() {
        return handles.values();
    }

    /** Closes all that are left. */
    void closeAll() {
        handles.keySet().forEach(this::close);
    }
}
