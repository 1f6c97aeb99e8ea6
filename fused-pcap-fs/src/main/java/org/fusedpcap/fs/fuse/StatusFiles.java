package org.fusedpcap.fs.fuse;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.fs.linux.FileStatus;
import org.fusedpcap.fs.options.names.ControlName;
import org.fusedpcap.fs.options.names.ControlName.Kind;
import org.fusedpcap.fs.status.MetricsText;
import org.fusedpcap.fs.status.MountStatus;
import org.fusedpcap.fs.status.StatusText;

/**
 * {@code .status} and {@code .metrics}: made anew with each open, and then the same for whoever
 * reads that handle.
 *
 * <p>The kernel asks for a size by name, also for a file that is open. It is told the length of
 * what was made last, which is right for whoever opens, asks and reads, unless another one has
 * opened in between; what is read is all of it in any case. Thread-safe.
 */
final class StatusFiles {

    private final StatusCollector collector;
    private final FileStatus owner;

    // Written by whoever makes one; any of several is right.
    private volatile int statusLength = -1;
    private volatile int metricsLength = -1;

    /**
     * @param owner status of something that belongs to whoever mounted
     */
    StatusFiles(StatusCollector collector, FileStatus owner) {
        this.collector = collector;
        this.owner = owner;
    }

    /** Whether a control file is one of these. */
    static boolean has(ControlName name) {
        return name.kind() == Kind.STATUS || name.kind() == Kind.METRICS;
    }

    /** Makes the file's content as of now. */
    byte[] make(ControlName name) {
        MountStatus status = collector.look();
        if (name.kind() == Kind.METRICS) {
            byte[] content = MetricsText.of(status).getBytes(StandardCharsets.UTF_8);
            metricsLength = content.length;
            return content;
        }
        byte[] content = StatusText.of(status).getBytes(StandardCharsets.UTF_8);
        statusLength = content.length;
        return content;
    }

    /** What stat(2) tells. */
    Attributes attributes(ControlName name) {
        int known = name.kind() == Kind.METRICS ? metricsLength : statusLength;
        int length = known >= 0 ? known : make(name).length;
        long nowNs = TimeUnit.MILLISECONDS.toNanos(Instant.now().toEpochMilli());
        return Attributes.control(owner, false, nowNs).withSize(length);
    }
}
