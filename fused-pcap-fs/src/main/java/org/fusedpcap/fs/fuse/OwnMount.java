package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of the mounts at a place is ours: another one may be there by the time we go, since a name
 * that was taken away while it was in use can be mounted on anew. Told by the device number, as
 * {@code /proc/self/mountinfo} has it (proc(5)); reading that touches no mount.
 *
 * @param mountPoint the place, absolute
 * @param device major and minor number, {@code 0:57}; empty if it could not be found out
 */
record OwnMount(Path mountPoint, Optional<String> device) {

    private static final Path MOUNT_INFO = Path.of("/proc/self/mountinfo");

    // id, parent, major:minor, root, mount point …
    private static final int DEVICE_FIELD = 2;
    private static final int MOUNT_POINT_FIELD = 4;

    /** The mount that is on top there now, which must be ours. */
    static OwnMount at(Path mountPoint) {
        return new OwnMount(mountPoint, topmost(mountPoint));
    }

    /** Whether it can still be reached by its name. */
    boolean isOnTop() {
        return device.isPresent() && topmost(mountPoint).equals(device);
    }

    private static Optional<String> topmost(Path mountPoint) {
        String escaped = escape(mountPoint.toString());
        // Of several mounts on one place the last one is seen.
        return lines().map(line -> line.split(" "))
                .filter(fields -> fields.length > MOUNT_POINT_FIELD)
                .filter(fields -> fields[MOUNT_POINT_FIELD].equals(escaped))
                .map(fields -> fields[DEVICE_FIELD])
                .reduce((first, second) -> second);
    }

    private static Stream<String> lines() {
        try {
            // Not Files.lines: it fails on a name of somebody else's that is no UTF-8.
            return new String(Files.readAllBytes(MOUNT_INFO), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    // As the kernel writes names there.
    private static String escape(String path) {
        return path.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012");
    }
}
