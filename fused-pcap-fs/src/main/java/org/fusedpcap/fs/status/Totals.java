package org.fusedpcap.fs.status;

import java.util.List;
import java.util.Map;
import org.fusedpcap.fs.stream.Damage;

/**
 * All streams since the mount, open and closed.
 *
 * @param kinds by kind; each has an entry
 * @param damage what could not be handed out
 * @param formed how many clusters there have been
 * @param clusters what was counted of them
 * @param paths by path, of those that are open
 */
public record Totals(
        Map<StreamKind, KindTotals> kinds,
        Damage damage,
        long formed,
        ClusterCounts clusters,
        List<PathTotals> paths) {

    public Totals {
        kinds = Map.copyOf(kinds);
        paths = List.copyOf(paths);
    }
}
