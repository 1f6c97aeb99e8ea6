package org.fusedpcap.fs.fuse;

import org.fusedpcap.fs.options.names.ControlName;

/**
 * An open control file.
 *
 * @param path the path that it was opened by
 * @param attributes what fstat(2) tells of it
 * @param directory whose control files they are
 * @param name which of them
 * @param content what a reader gets, as it was at open
 */
record ControlHandle(
        String path, Attributes attributes, SourceView directory, ControlName name, byte[] content)
        implements OpenHandle {

    @Override
    public void close() {
        // Nothing is held; what was written has been acted on already.
    }
}
