package org.fusedpcap.fs.series;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out of a batch of changes that a file was written to and closed, if the same file was
 * written to again later in the batch. What it holds now is of that last writing; others may have
 * been written between the two, as in a ring that has turned once before it is looked at, and come
 * before it then.
 */
final class LastWritings {

    /** Files that are written to behind where the batch is looked at. */
    private final Set<String> written = new HashSet<>();

    /** Files that are closed and written to again behind it. */
    private final Set<String> again = new HashSet<>();

    private LastWritings() {}

    /** Which changes of a batch are not left out. */
    static BitSet of(List<FileChange> batch) {
        LastWritings last = new LastWritings();
        BitSet kept = new BitSet(batch.size());
        for (int i = batch.size() - 1; i >= 0; i--) {
            kept.set(i, last.counts(batch.get(i)));
        }
        return kept;
    }

    /** Asked for one change after the other, from the last one on. */
    private boolean counts(FileChange change) {
        String name = change.name();
        switch (change.kind()) {
            case MODIFIED -> written.add(name);
            case CLOSED -> {
                if (written.contains(name)) {
                    again.add(name);
                }
            }
            case CREATED, MOVED_IN, REMOVED -> {
                // What is before is about another file.
                written.remove(name);
                again.remove(name);
                return true;
            }
            case TOUCHED -> {
                return true;
            }
        }
        return !again.contains(name);
    }
}
