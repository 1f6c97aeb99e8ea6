package org.fusedpcap.fs.fuse;

import org.fusedpcap.fs.options.names.Target;

/**
 * What members of a cluster have in common: the same stream with the same options, however it was
 * written.
 */
final class ClusterKey {

    private ClusterKey() {}

    static Target.Found of(Target.Found found) {
        if (found instanceof Target.Range range) {
            return new Target.Range(range.place().shared(), range.start(), range.end());
        }
        // START and START.. are the same.
        return new Target.Follow(found.place().shared(), StreamOpener.start(found));
    }
}
