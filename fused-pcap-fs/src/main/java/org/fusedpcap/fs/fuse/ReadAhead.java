package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private ReadAhead() {}

    /** Tries to; an ordinary user may not, and reads as the kernel does by itself. */
    static void extend(OwnMount mount) {
        mount.device().ifPresent(ReadAhead::extend);
    }

    private static void extend(String device) {
        try {
            Path setting = Path.of("/sys/class/bdi", device, "read_ahead_kb");
            Files.writeString(setting, String.valueOf(KIBIBYTES));
        } catch (IOException e) {
            LOG.debug("reading ahead stays as it is: {}", e.toString());
        }
    }
}
