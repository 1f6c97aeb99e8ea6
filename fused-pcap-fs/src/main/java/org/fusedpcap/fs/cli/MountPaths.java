package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a mount reads and where it shows it; both are directories that exist, absolute, without
 * symbolic links, and apart from each other.
 *
 * @param source the directory of captures
 * @param mountPoint the directory that shows them
 */
record MountPaths(Path source, Path mountPoint) {

    /**
     * Checks what the user named. A dead mount of ours at the mount point is removed on the way.
     *
     * @throws CommandException with one line that says which of them is wrong, and why
     */
    static MountPaths check(String source, String mountPoint) throws CommandException {
        Path from = directory(source);
        requireReadable(from, source);
        OldMount.clear(Path.of(mountPoint).toAbsolutePath().normalize());
        Path to = directory(mountPoint);
        OldMount.clear(to);
        requireApart(from, to);
        return new MountPaths(from, to);
    }

    private static Path directory(String name) throws CommandException {
        Path path = Path.of(name).toAbsolutePath();
        if (!Files.exists(path)) {
            throw CommandException.mountFailed(name + ": no such directory");
        }
        if (!Files.isDirectory(path)) {
            throw CommandException.mountFailed(name + ": not a directory");
        }
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw CommandException.mountFailed(name + ": " + Errors.reason(e));
        }
    }

    private static void requireReadable(Path source, String name) throws CommandException {
        if (!Files.isReadable(source) || !Files.isExecutable(source)) {
            throw CommandException.mountFailed(name + ": permission denied");
        }
    }

    // Our own requests to the source would come back to us, and wait for themselves.
    private static void requireApart(Path source, Path mountPoint) throws CommandException {
        if (source.equals(mountPoint)) {
            throw CommandException.mountFailed(
                    mountPoint + ": source and mount point are the same directory");
        }
        if (mountPoint.startsWith(source)) {
            throw CommandException.mountFailed(
                    mountPoint + ": the mount point lies inside the source " + source);
        }
        if (source.startsWith(mountPoint)) {
            throw CommandException.mountFailed(
                    source + ": the source lies inside the mount point " + mountPoint);
        }
    }
}
