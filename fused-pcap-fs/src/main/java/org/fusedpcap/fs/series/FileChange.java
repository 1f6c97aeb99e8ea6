package org.fusedpcap.fs.series;

/**
 * Something that happened to a name in a watched directory.
 *
 * @param name the file's name
 * @param kind what happened
 */
public record FileChange(String name, Kind kind) {

    /** What can happen to a name. */
    public enum Kind {
        /** A file was created or linked. */
        CREATED,
        /** A file was renamed to this name, perhaps over another. */
        MOVED_IN,
        /** The file was deleted or renamed away. */
        REMOVED,
        /** The file was written to or truncated. */
        MODIFIED,
        /** The file's times, owner or mode were set. */
        TOUCHED,
        /** A process that could write to the file has closed it. */
        CLOSED
    }
}
