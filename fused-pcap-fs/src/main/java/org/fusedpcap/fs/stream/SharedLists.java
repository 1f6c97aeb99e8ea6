package org.fusedpcap.fs.stream;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The lists of segments that open ranges have: those who open the same ones in the same state have
 * one list. Thread-safe; nothing waits under its lock.
 */
final class SharedLists {

    private static final int KEPT = 64;

    /** Guarded by this; the list that was used last is first. */
    private final Deque<WeakReference<List<RangeSegment>>> lists = new ArrayDeque<>();

    /** The list to use: this one, or an equal one that somebody has. */
    synchronized List<RangeSegment> share(List<RangeSegment> list) {
        lists.removeIf(known -> known.get() == null);
        for (WeakReference<List<RangeSegment>> known : lists) {
            List<RangeSegment> used = known.get();
            if (used != null && isEqual(used, list)) {
                return used;
            }
        }
        lists.addFirst(new WeakReference<>(list));
        if (lists.size() > KEPT) {
            lists.removeLast();
        }
        return list;
    }

    private static boolean isEqual(List<RangeSegment> one, List<RangeSegment> other) {
        return one.size() == other.size() && one.equals(other);
    }
}
