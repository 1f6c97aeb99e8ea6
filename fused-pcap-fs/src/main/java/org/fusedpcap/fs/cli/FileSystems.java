package org.fusedpcap.fs.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the mount command asks of the rooms below; the only seam between them. */
public interface FileSystems {

    /**
     * Understands the options, touching neither directory.
     *
     * @param options what followed each {@code -o}, in order, each a list {@code a=1,b=2}
     * @throws CommandException an option or value is wrong; the message names it and what would be
     *     right
     */
    Preparation prepare(List<String> options) throws CommandException;

    /** Understood options. */
    interface Preparation {

        /** Where the user wants the log, absolute; empty: wherever it is by default. */
        Optional<Path> log();

        /**
         * A file system that is not mounted yet.
         *
         * @param source an existing directory, absolute, without symbolic links
         * @param mountPoint likewise
         */
        FileSystem create(Path source, Path mountPoint) throws CommandException;
    }

    /** One file system at one mount point, used once. */
    interface FileSystem {

        /**
         * Mounts and serves, and returns after the unmount, whoever asked for it.
         *
         * @throws CommandException it could not be mounted
         */
        void run() throws CommandException;

        /**
         * Ends {@link #run} in order: waiting readers get an error, the mount goes away. May be
         * called by any thread, at any time, any number of times; does not wait.
         */
        void stop();
    }
}
