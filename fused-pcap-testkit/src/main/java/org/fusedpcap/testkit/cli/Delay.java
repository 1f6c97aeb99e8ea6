package org.fusedpcap.testkit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures how long a packet takes from a writer's flush to a reader of the mount: this process
 * writes a capture packet by packet and reads it through the mount at the same time. Every packet
 * carries the time of its flush.
 */
@Command(
        name = "delay",
        mixinStandardHelpOptions = true,
        description =
                "Measures the delay from a writer's flush to the return of a reader of the mount.")
public final class Delay implements Callable<Integer> {

    private static final int RECORD_HEADER = 16;
    private static final int FILE_HEADER = 24;
    private static final int PACKET = 64;
    private static final int RECORD = RECORD_HEADER + PACKET;
    private static final int WARM_UP = 500;
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(1);
    private static final double NS_PER_MS = 1e6;

    @Parameters(index = "0", paramLabel = "SRC", description = "The directory that is mounted.")
    private Path source;

    @Parameters(index = "1", paramLabel = "MNT", description = "Where it is mounted.")
    private Path mount;

    @Option(
            names = "--packets",
            paramLabel = "N",
            description = "How many packets (${DEFAULT-VALUE}).")
    private int packets = 5000;

    @Option(
            names = "--pause",
            paramLabel = "US",
            description = "Pause between two, in µs (${DEFAULT-VALUE}).")
    private int pauseUs = 1000;

    private volatile boolean readerStopped;

    /** The command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Delay()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path file = source.resolve("delay.pcap." + System.currentTimeMillis() / 1000);
        Histogram delays = new Histogram(HIGHEST_NS, 3);
        try (FileChannel writer =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writer.write(fileHeader());
            Thread reader =
                    new Thread(() -> read(mount.resolve(file.getFileName()), delays), "reader");
            reader.start();
            write(writer);
            reader.join(TimeUnit.SECONDS.toMillis(30));
            if (reader.isAlive() || delays.getTotalCount() != packets) {
                System.err.println(
                        "delay: " + delays.getTotalCount() + " of " + packets + " packets came");
                return 1;
            }
        } finally {
            Files.deleteIfExists(file);
        }
        System.out.printf(
                "p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, max %.3f ms (%d packets, %d µs apart)%n",
                delays.getValueAtPercentile(50) / NS_PER_MS,
                delays.getValueAtPercentile(99) / NS_PER_MS,
                delays.getValueAtPercentile(99.9) / NS_PER_MS,
                delays.getMaxValue() / NS_PER_MS,
                packets,
                pauseUs);
        return 0;
    }

    private static ByteBuffer fileHeader() {
        ByteBuffer header = ByteBuffer.allocate(FILE_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65535)
                .putInt(1);
        return header.flip();
    }

    private void write(FileChannel writer) throws IOException {
        for (int i = 0; i < WARM_UP + packets && !readerStopped; i++) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(pauseUs));
            ByteBuffer packet = ByteBuffer.allocate(RECORD).order(ByteOrder.LITTLE_ENDIAN);
            packet.putInt(1_700_000_000 + i).putInt(0).putInt(PACKET).putInt(PACKET);
            packet.putLong(System.nanoTime()).position(RECORD).flip();
            writer.write(packet);
        }
    }

    private void read(Path path, Histogram delays) {
        try (InputStream in = Files.newInputStream(path)) {
            in.readNBytes(FILE_HEADER);
            for (int i = 0; i < WARM_UP + packets; i++) {
                byte[] record = in.readNBytes(RECORD);
                long now = System.nanoTime();
                long flushed =
                        ByteBuffer.wrap(record)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getLong(RECORD_HEADER);
                if (i >= WARM_UP) {
                    delays.recordValue(now - flushed);
                }
            }
        } catch (IOException | RuntimeException e) {
            System.err.println("delay: " + e.getMessage());
        } finally {
            readerStopped = true;
        }
    }
}
