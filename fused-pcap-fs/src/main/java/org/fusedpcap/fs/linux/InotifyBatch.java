package org.fusedpcap.fs.linux;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fusedpcap.fs.series.FileChange;

/**
 * What happened in one directory, in order, where a file written to many times between two other
 * things that happen to it counts once. Not thread-safe.
 */
final class InotifyBatch {

    private final List<FileChange> changes = new ArrayList<>();
    private final Set<String> modified = new HashSet<>();

    void add(FileChange change) {
        if (change.kind() != FileChange.Kind.MODIFIED) {
            modified.remove(change.name());
            changes.add(change);
        } else if (modified.add(change.name())) {
            changes.add(change);
        }
    }

    int size() {
        return changes.size();
    }

    void clear() {
        changes.clear();
        modified.clear();
    }

    List<FileChange> changes() {
        return List.copyOf(changes);
    }
}
