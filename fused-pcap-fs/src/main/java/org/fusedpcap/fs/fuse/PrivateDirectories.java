package org.fusedpcap.fs.fuse;

import java.util.Iterator;
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

    /** Somebody who does nothing but walk must not take our memory: some 100 bytes each. */
    static final int MOST_UNOPENED = 4096;

    private static final class Entry {
        final String level;
        final int uid;
        long usedNs;
        int open;

        Entry(String level, int uid) {
            this.level = level;
            this.uid = uid;
        }
    }

    // Guarded by this. The one used longest ago is first.
    private final Map<Long, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long last;

    /** Number of directories below which something is open. */
    private int opened;

    /** Makes a directory, for a user, in which the level's options hold. */
    synchronized long create(String level, int uid) {
        forgetOld();
        last++;
        Entry entry = new Entry(level, uid);
        entry.usedNs = System.nanoTime();
        entries.put(last, entry);
        return last;
    }

    /** Stops at the first one that is to be kept: those behind it were used later. */
    private void forgetOld() {
        long now = System.nanoTime();
        int unopened = entries.size() - opened;
        for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (entry.open > 0) {
                continue;
            }
            if (unopened < MOST_UNOPENED && now - entry.usedNs <= FORGOTTEN_AFTER_NS) {
                return;
            }
            all.remove();
            unopened--;
        }
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

    /** Whether a user was led to a directory that is there. */
    synchronized boolean isOf(long id, int uid) {
        Entry entry = entries.get(id);
        return entry != null && entry.uid == uid;
    }

    synchronized void opened(long id) {
        Entry entry = entries.get(id);
        if (entry != null) {
            opened += entry.open == 0 ? 1 : 0;
            entry.open++;
            entry.usedNs = System.nanoTime();
        }
    }

    synchronized void closed(long id) {
        Entry entry = entries.get(id);
        if (entry != null) {
            entry.open--;
            opened -= entry.open == 0 ? 1 : 0;
            entry.usedNs = System.nanoTime();
        }
    }

    synchronized int size() {
        return entries.size();
    }
}
