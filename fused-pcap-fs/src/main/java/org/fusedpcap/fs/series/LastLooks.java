package org.fusedpcap.fs.series;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out of a batch of changes those looks at a file that a later one in the batch repeats.
 *
 * <p>A change says that there is something to see; what is seen is what is there by then. A ring
 * that is faster than the notices comes round within one batch, {@code f3 f0 f1 f2 f3 f0}: whoever
 * looks at f0 at once sees what was written behind all others, and would put it before them. The
 * last change to each file has them in the order in which they were written.
 */
final class LastLooks {

    private LastLooks() {}

    static List<FileChange> of(List<FileChange> batch) {
        Deque<FileChange> kept = new ArrayDeque<>(batch.size());
        Set<String> looked = new HashSet<>();
        for (int i = batch.size() - 1; i >= 0; i--) {
            FileChange change = batch.get(i);
            switch (change.kind()) {
                case MODIFIED, CLOSED -> {
                    if (!looked.add(change.name())) {
                        continue;
                    }
                }
                // What is before that was another file.
                case CREATED, MOVED_IN, REMOVED -> looked.remove(change.name());
                case TOUCHED -> {}
            }
            kept.addFirst(change);
        }
        return List.copyOf(kept);
    }
}
