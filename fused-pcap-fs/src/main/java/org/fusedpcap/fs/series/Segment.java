package org.fusedpcap.fs.series;

import java.nio.file.Path;

/**
 * One file of a series, as it was found at its place in the order. A name that is written anew is
 * another segment, behind all that came before.
 *
 * <p>Immutable to its users. Segments of a directory with 50,000 files are kept in memory, so this
 * has no field more than it needs.
 */
public final class Segment {

    private final Path directory;
    private final String name;
    private final Position position;

    // Published by the series under its lock before the index changes, read by any thread.
    private volatile Segment movedTo = this;

    Segment(Path directory, String name, Position position) {
        this.directory = directory;
        this.name = name;
        this.position = position;
    }

    /** The file's name in its directory. */
    public String name() {
        return name;
    }

    /** Where the file is. */
    public Path path() {
        return directory.resolve(name);
    }

    Position position() {
        return position;
    }

    /** Whether it stands behind another segment of its series. */
    public boolean isBehind(Segment other) {
        return settled().position.compareTo(other.settled().position) > 0;
    }

    /** Whether another one is this segment, perhaps at another place in the order. */
    public boolean isSameAs(Segment other) {
        return settled() == other.settled();
    }

    /** This segment where it stands now, after its place in the order has become known better. */
    Segment settled() {
        Segment segment = this;
        while (segment.movedTo != segment) {
            segment = segment.movedTo;
        }
        return segment;
    }

    void moveTo(Segment other) {
        movedTo = other;
    }

    @Override
    public String toString() {
        return name;
    }
}
