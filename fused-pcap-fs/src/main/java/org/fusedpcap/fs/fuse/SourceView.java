package org.fusedpcap.fs.fuse;

import java.nio.file.Path;
import java.time.Clock;
import org.fusedpcap.fs.control.ControlFiles;

/**
 * One directory of the source with its control files.
 *
 * @param path where it is
 * @param controls what users have told and are told there
 */
record SourceView(Path path, ControlFiles controls) {

    static SourceView of(Path path) {
        return new SourceView(path, new ControlFiles(Clock.systemUTC()));
    }
}
