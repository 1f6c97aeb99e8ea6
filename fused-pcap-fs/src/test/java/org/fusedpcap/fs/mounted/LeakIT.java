package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a daemon has left after very many readers. */
class LeakIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int OPENS = 10_000;
    private static final int WARM_UP = 2000;
    private static final int READERS = 4;

    /** The heap may fill, which is 64 MiB at most; a leak of 10 KiB an open would be more. */
    private static final long ALLOWED_GROWTH_KIB = 64 * 1024;

    private static final long ALLOWED_RESIDENT_KIB = 200 * 1024;

    @Test
    void shouldStayAsItWasOverTenThousandOpens() throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 3, 100);
        open(source, WARM_UP);
        Daemon daemon = MOUNTED.mount().daemon();
        MOUNTED.awaitAllClosed();
        int descriptors = daemon.lastingDescriptors();
        int threads = daemon.threads();
        long resident = daemon.residentKiB();
        System.out.println("warm: " + daemon);

        long start = System.nanoTime();
        open(source, OPENS);
        Measured.print(OPENS + " opens", start);

        MOUNTED.awaitAllClosed();
        System.out.println("then: " + daemon);
        Limits.await("no more than before")
                .untilAsserted(
                        () -> {
                            assertThat(daemon.lastingDescriptors())
                                    .isLessThanOrEqualTo(descriptors);
                            assertThat(daemon.threads()).isLessThanOrEqualTo(threads + READERS);
                        });
        assertThat(daemon.residentKiB())
                .isLessThan(resident + ALLOWED_GROWTH_KIB)
                .isLessThan(ALLOWED_RESIDENT_KIB);
    }

    /** Opens a range, a followed stream and a cached one in turn, and reads a little of each. */
    private static void open(RollingSource source, int times) {
        String[] paths = {source.range(), source.first(), "keepcache/" + source.first()};
        Pieces.together(
                READERS,
                reader -> {
                    ByteBuffer buffer = ByteBuffer.allocate(100);
                    for (int i = 0; i < times / READERS; i++) {
                        String path = paths[(i + reader) % paths.length];
                        try (FileChannel channel = FileChannel.open(MOUNTED.view(path))) {
                            assertThat(channel.read(buffer.clear())).isPositive();
                        }
                    }
                });
    }

    @Test
    void shouldNeedLittleMemoryForManyReaders() throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 10, 2000);
        MOUNTED.end(source.last());

        Pieces.together(
                16,
                reader ->
                        Pieces.assertSequential(
                                MOUNTED.view(reader % 2 == 0 ? source.first() : source.range()),
                                source.bytes(),
                                1 << 20));

        System.out.println("16 readers: " + MOUNTED.mount().daemon());
        assertThat(MOUNTED.mount().daemon().residentKiB()).isLessThan(ALLOWED_RESIDENT_KIB);
    }
}
