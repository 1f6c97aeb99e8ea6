package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.time.Duration;
import org.fusedpcap.fs.linux.InotifyChanges;
import org.fusedpcap.fs.series.CapturePacketTimes;
import org.fusedpcap.fs.series.PollingChanges;
import org.fusedpcap.fs.series.SourceDirectories;

/** How a mount notices what happens in its source. */
final class WatchedSources {

    /** Where the kernel cannot notify, one looks so often. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private WatchedSources() {}

    static SourceDirectories create() throws IOException {
        return new SourceDirectories(
                new InotifyChanges(), new PollingChanges(POLL_INTERVAL), new CapturePacketTimes());
    }
}
