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

    /** The directory was removed, renamed or unmounted: no more is heard of it. */
    void gone();

    /** The names that a source which has to look for changes should look at every time. */
    Collection<String> hotNames();
}
