package org.fusedpcap.fs.series;

import java.util.Collection;
import java.util.List;

/** Is told what happens in a watched directory. May be called from several threads. */
public interface DirectoryListener {

    /**
     * @param batch what happened, in order; told at most once for any number of equal changes that
     *     follow one another
     */
    void changed(List<FileChange> batch);

    /** Something happened that the source cannot say: the directory must be listed again. */
    void lost();

    /**
     * Whether not all that was told could be taken in, because the directory or a file in it could
     * not be reached. The source is to tell {@link #lost} again, after a while, until this is
     * false.
     */
    boolean isBehind();

    /**
     * Whether somebody uses the directory, so that {@link #hasLeftItsPath} is to be asked now and
     * then. When that begins, the source is asked to {@linkplain ChangeSource.Watch#sync tell all}.
     */
    boolean isUsed();

    /**
     * Whether another directory is at the path now, or none. A source that watches the directory
     * and not its path is to tell {@link #gone} then: the kernel does not while a file of the old
     * one is open, and never when something is mounted over it.
     */
    boolean hasLeftItsPath();

    /** The directory was removed, renamed or unmounted: no more is heard of it. */
    void gone();

    /** The names that a source which has to look for changes should look at every time. */
    Collection<String> hotNames();
}
