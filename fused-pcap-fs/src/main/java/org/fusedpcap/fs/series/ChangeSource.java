package org.fusedpcap.fs.series;

import java.io.IOException;
import java.nio.file.Path;

/** Tells what happens in directories. Thread-safe. */
public interface ChangeSource extends AutoCloseable {

    /**
     * Starts to tell what happens in a directory. What happens after the return is told.
     *
     * @throws IOException if this source cannot watch the directory
     */
    Watch watch(Path directory, DirectoryListener listener) throws IOException;

    /**
     * Whether this source sees everything that can happen in a directory; it does not where others
     * can change it behind this kernel's back, as on network file systems.
     */
    boolean seesAll(Path directory);

    /** Ends all watches and the threads behind them. */
    @Override
    void close();

    /** One directory being watched. */
    interface Watch extends AutoCloseable {

        /**
         * Waits until everything that happened before the call has been told.
         *
         * @return whether it has; false if that takes too long, or nothing is told any more
         */
        boolean sync();

        /** Ends the watch; nothing is told any more, except what is being told just now. */
        @Override
        void close();
    }
}
