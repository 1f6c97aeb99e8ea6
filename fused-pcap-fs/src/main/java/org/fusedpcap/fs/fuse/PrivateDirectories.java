package org.fusedpcap.fs.fuse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.fs.options.names.PrivateLevels;

/**
 * The directories that walks through {@code keepcache} levels are led to, each a new one.
 * Thread-safe.
 *
 * <p>One is forgotten when nothing was looked up in it for a while and nothing in it is open: a
 * walk may have been a mere stat, and a shell may have it as its working directory.
 */
final class PrivateDirectories implements PrivateLevels {

    private static final long FORGOTTEN_AFTER_NS = TimeUnit.MINUTES.toNanos(10);

    private static final class Entry {
        final String level;
        long usedNs;
        int open;

        Entry(String level) {
            this.level = level;
        }
    }

    // Guarded by this. The one used longest ago is first.
    private final Map<Long, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long last;

    /** Makes a directory in which the level's options hold. */
    synchronized long create(String level) {
        forgetOld();
        last++;
        Entry entry = new Entry(level);
        entry.usedNs = System.nanoTime();
        entries.put(last, entry);
        return last;
    }

    private void forgetOld() {
        long now = System.nanoTime();
        entries.values()
                .removeIf(entry -> entry.open == 0 && now - entry.usedNs > FORGOTTEN_AFTER_NS);
    }

    @Override
    public synchronized Optional<String> levelOf(long id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return Optional.empty();
        }
        entry.usedNs = System.nanoTime();
        return Optional.of(entry.level);
    }

    synchronized void opened(long id) {
        Entry entry = entries.get(id);
        if (entry != null) {
            entry.open++;
        }
    }

    synchronized void closed(long id) {
        Entry entry = entries.get(id);
        if (entry != null) {
            entry.open--;
            entry.usedNs = System.nanoTime();
        }
    }

    synchronized int size() {
        return entries.size();
    }
}
