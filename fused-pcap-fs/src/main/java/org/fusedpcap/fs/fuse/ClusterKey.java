package org.fusedpcap.fs.fuse;

import org.fusedpcap.fs.linux.User;
import org.fusedpcap.fs.options.names.Target;

/**
 * What members of a cluster have in common.
 *
 * @param shared the same stream with the same options, however it was written
 * @param user the same rights: a later file is for all of them, or for none
 */
record ClusterKey(Target.Found shared, User user) {

    static ClusterKey of(Target.Found found, User user) {
        return new ClusterKey(shared(found), user);
    }

    private static Target.Found shared(Target.Found found) {
        if (found instanceof Target.Range range) {
            return new Target.Range(range.place().shared(), range.start(), range.end());
        }
        // START and START.. are the same.
        return new Target.Follow(found.place().shared(), StreamOpener.start(found));
    }
}
