package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the mounts of ours that a user means. */
final class MountPoint {

    private MountPoint() {}

    /**
     * The mount point of ours with this name.
     *
     * @param name as the user wrote it
     * @return absolute, as it stands in the mount table
     * @throws CommandException nothing of ours is mounted there
     */
    static Path find(String name) throws CommandException {
        Path path = resolve(Path.of(name).toAbsolutePath().normalize());
        Optional<MountTable.Entry> entry = MountTable.read().oursAt(path);
        return entry.map(MountTable.Entry::mountPoint)
                .orElseThrow(
                        () -> CommandException.mountFailed(name + ": no capture mount is there"));
    }

    // The last name is left alone, since a dead or hanging mount cannot be looked into.
    private static Path resolve(Path path) {
        Path parent = path.getParent();
        try {
            return parent == null ? path : parent.toRealPath().resolve(path.getFileName());
        } catch (IOException e) {
            return path;
        }
    }
}
