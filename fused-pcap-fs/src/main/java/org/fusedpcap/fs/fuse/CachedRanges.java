package org.fusedpcap.fs.fuse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.fusedpcap.fs.stream.RangeSegment;
import org.fusedpcap.fs.stream.RangeStream;

/**
 * What the page cache holds of closed ranges. The kernel has one inode, one size and one set of
 * pages for a path, so all opens that share them must mean the same segments in the same state. A
 * range whose size nobody knows before it was read has one reader at a time there. Thread-safe.
 */
final class CachedRanges {

    /**
     * Ranges remembered after their last close; dropping one costs its next reader the cached
     * pages.
     */
    private static final int REMEMBERED = 256;

    private static final class Entry {
        /** Of the segments; the list itself may be of megabytes. */
        OptionalLong fingerprint = OptionalLong.empty();

        final List<RangeStream> open = new ArrayList<>();
    }

    /** By path under the mount; guarded by this. The one used longest ago is first. */
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Says how a range just opened is cached; {@link #closed} must follow unless that is not at
     * all.
     */
    synchronized Caching opened(String path, RangeStream stream) {
        Entry entry = entries.computeIfAbsent(path, any -> new Entry());
        OptionalLong fingerprint = OptionalLong.of(RangeSegment.fingerprint(stream.segments()));
        // An end that is found out by reading is known to that reader's stream alone, and the page
        // it is in was filled up with zeroes.
        boolean shared = entry.fingerprint.equals(fingerprint) && stream.isSizeKnown();
        if (!shared && !entry.open.isEmpty()) {
            // Others read what was there before, or find out the end: this one reads past the
            // cache.
            return Caching.NONE;
        }
        entry.fingerprint = fingerprint;
        entry.open.add(stream);
        forgetOld();
        return shared ? Caching.KEPT : Caching.FRESH;
    }

    synchronized void closed(String path, RangeStream stream) {
        Optional.ofNullable(entries.get(path)).ifPresent(entry -> entry.open.remove(stream));
    }

    /**
     * The size of a range that somebody has open: what the kernel must be told for all. Where one
     * reader has come farther, it knows the size better: it can only get smaller. One that cannot
     * read on speaks for itself alone.
     */
    OptionalLong sizeInUse(String path) {
        // Measured without the lock.
        return open(path).stream()
                .mapToLong(
                        range -> range.failure().isPresent() ? Long.MAX_VALUE : range.sizeNearEnd())
                .min()
                .stream()
                .filter(size -> size < Long.MAX_VALUE)
                .findFirst();
    }

    private synchronized List<RangeStream> open(String path) {
        Entry entry = entries.get(path);
        return entry == null ? List.of() : List.copyOf(entry.open);
    }

    private void forgetOld() {
        var oldest = entries.values().iterator();
        while (entries.size() > REMEMBERED && oldest.hasNext()) {
            if (oldest.next().open.isEmpty()) {
                oldest.remove();
            }
        }
    }
}
