package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.ffi.LibraryLoader;

/**
 * A directory on the way to a source that can be taken away and put back, each in one step: what is
 * in it is there all the time, but asking for it fails with ELOOP. No permission does that to root.
 */
final class LostWay {

    private static final int AT_FDCWD = -100;
    private static final int RENAME_EXCHANGE = 2;

    /** The C library's renameat2(2). */
    public interface Renaming {
        int renameat2(int fromDirectory, String from, int toDirectory, String to, int flags);
    }

    private static final Renaming LIBC = LibraryLoader.create(Renaming.class).load("c");

    private final Path way;
    private final Path loop;

    /**
     * @param way exists
     */
    LostWay(Path way) throws IOException {
        this.way = way;
        this.loop = way.resolveSibling("loop");
        Files.createSymbolicLink(loop, way.getFileName());
    }

    /** Where the directory is while it is away. */
    Path away() {
        return loop;
    }

    /** Takes the directory away, or puts it back. */
    void swap() {
        int failed =
                LIBC.renameat2(
                        AT_FDCWD, way.toString(), AT_FDCWD, loop.toString(), RENAME_EXCHANGE);
        assertThat(failed).isZero();
    }
}
