package org.fusedpcap.fs.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A request that processors which have nothing to do stay awake, all of them, until it is closed or
 * the process ends. Takes root.
 *
 * @see <a href="https://docs.kernel.org/power/pm_qos_interface.html">PM Quality Of Service</a>
 */
public final class CpuLatencyLimit implements AutoCloseable {

    private static final Path DEVICE = Path.of("/dev/cpu_dma_latency");

    private final FileChannel held;

    private CpuLatencyLimit(FileChannel held) {
        this.held = held;
    }

    /**
     * Allows no time at all for waking up.
     *
     * @throws IOException if the kernel has no such requests, or not from us
     */
    public static CpuLatencyLimit zero() throws IOException {
        FileChannel device = FileChannel.open(DEVICE, StandardOpenOption.WRITE);
        try {
            device.write(ByteBuffer.allocate(Integer.BYTES));
            return new CpuLatencyLimit(device);
        } catch (IOException | RuntimeException e) {
            device.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return DEVICE + " with 0";
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
