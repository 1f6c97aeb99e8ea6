package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the kernel read ahead farther than the 128 KiB of one request, so that the next requests are
 * being answered while the reader copies. The mount itself is not touched: the kernel's tables tell
 * its device.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/abi-stable.html">sysfs-class-bdi</a>
 */
final class ReadAhead {

    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);

    /** One request. */
    private static final int KIBIBYTES = Agreement.MOST_PAGES * 4;

    // /proc/self/mountinfo: id, parent, major:minor, root, mount point …
    private static final int DEVICE_FIELD = 2;
    private static final int MOUNT_POINT_FIELD = 4;

    private ReadAhead() {}

    /** Tries to; an ordinary user may not, and reads as the kernel does by itself. */
    static void extend(Path mountPoint) {
        try {
            Optional<String> device = deviceOf(mountPoint);
            if (device.isPresent()) {
                Path setting = Path.of("/sys/class/bdi", device.get(), "read_ahead_kb");
                Files.writeString(setting, String.valueOf(KIBIBYTES));
            }
        } catch (IOException e) {
            LOG.debug("reading ahead stays as it is: {}", e.toString());
        }
    }

    private static Optional<String> deviceOf(Path mountPoint) throws IOException {
        String escaped = escape(mountPoint.toString());
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mountinfo"))) {
            // Of several mounts on one place the last one is seen.
            return mounts.map(line -> line.split(" "))
                    .filter(fields -> fields[MOUNT_POINT_FIELD].equals(escaped))
                    .map(fields -> fields[DEVICE_FIELD])
                    .reduce((first, second) -> second);
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
