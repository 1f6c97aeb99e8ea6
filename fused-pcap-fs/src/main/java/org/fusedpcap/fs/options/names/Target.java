package org.fusedpcap.fs.options.names;

/** What a path under the mount point stands for. All are immutable values. */
public sealed interface Target {

    /** Something that is there. */
    sealed interface Found extends Target {

        /** Where its name stands; for a directory, the directory itself. */
        Place place();
    }

    /** A directory of the source, or a private directory. */
    record Directory(Place place) implements Found {}

    /**
     * A path level of options; the place has them already.
     *
     * @param level the options as written
     * @param isLink whether it is to be shown as a symbolic link to a new private directory,
     *     because it sets {@code keepcache}
     */
    record OptionLevel(Place place, String level, boolean isLink) implements Found {}

    /**
     * An entry of the source that is no directory; opened, it is followed. Whether it is a capture
     * at all is seen when it is opened.
     */
    record Capture(Place place, String start) implements Found {}

    /** {@code START..}: the same as START, said in full. */
    record Follow(Place place, String start) implements Found {}

    /** {@code START..END}; both are in the place's directory. */
    record Range(Place place, String start, String end) implements Found {}

    /** A control file, whether it exists now or not. */
    record Control(Place place, ControlName name) implements Found {}

    /**
     * Not there: {@code ENOENT}.
     *
     * @param name the part of the path that is not there
     * @param reason one line for the log
     */
    record Missing(String name, String reason) implements Target {}

    /**
     * There, but of no use: {@code EINVAL}.
     *
     * @param name the part of the path that is wrong
     * @param reason one line for the log
     */
    record Refused(String name, String reason) implements Target {}
}
