package org.fusedpcap.fs.options.names;

import java.nio.file.Path;
import org.fusedpcap.fs.options.StreamOptions;

/**
 * Where in the mount a name stands. Immutable.
 *
 * @param directory the source's directory, relative to the source
 * @param options what holds here: the mount's options and, the deepest first, those of the path
 *     levels
 * @param privateId number of the innermost private directory on the way here, from 1; 0: there is
 *     none
 */
public record Place(Path directory, StreamOptions options, long privateId) {

    /** The top of a mount. */
    public static Place top(StreamOptions mountOptions) {
        return new Place(Path.of(""), mountOptions, 0);
    }

    /** Whether only one walk leads here, so that an inode here is one open's own. */
    public boolean isPrivate() {
        return privateId > 0;
    }

    /** The same for everybody who meant it: what members of a cluster have in common. */
    public Place shared() {
        return new Place(directory, options, 0);
    }

    Place in(String name) {
        return new Place(directory.resolve(name), options, privateId);
    }

    Place with(StreamOptions deeper) {
        return new Place(directory, deeper, privateId);
    }

    Place within(long id) {
        return new Place(directory, options, id);
    }
}
