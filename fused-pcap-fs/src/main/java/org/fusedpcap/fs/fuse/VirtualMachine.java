package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel tells about the machine's idle processors.
 *
 * @see <a href="https://docs.kernel.org/virt/guest-halt-polling.html">Guest halt polling</a>
 */
final class VirtualMachine {

    private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu");
    private static final Path IDLE_DRIVER = PROCESSORS.resolve("cpuidle/current_driver");
    private static final Path HALT_POLL_NS =
            Path.of("/sys/module/haltpoll/parameters/guest_halt_poll_ns");

    /** Polling keeps all processors awake: of more than these it would waste too much. */
    private static final int FEW_PROCESSORS = 8;

    private VirtualMachine() {}

    /**
     * Whether this is a guest of few processors whose kernel could have idle ones look out for work
     * before they halt, but has them halt at once.
     */
    static boolean isSmallAndHalts() {
        return processors() <= FEW_PROCESSORS
                && isText(IDLE_DRIVER, "haltpoll")
                && isText(HALT_POLL_NS, "0");
    }

    /** All of the machine, not those alone that we may use. */
    private static int processors() {
        String[] names = PROCESSORS.toFile().list((any, name) -> name.matches("cpu[0-9]+"));
        return names == null ? Integer.MAX_VALUE : names.length;
    }

    private static boolean isText(Path file, String text) {
        try {
            return Files.readString(file).strip().equals(text);
        } catch (IOException e) {
            return false;
        }
    }
}
