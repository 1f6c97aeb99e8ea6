package org.fusedpcap.fs.stream;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.fusedpcap.fs.linux.FileIdentity;

/**
 * The scans of files that nobody has open just now, as many as there is memory for: those closed
 * last. Thread-safe; nothing waits under its lock.
 */
final class KeptScans {

    private final long most;

    /** Guarded by this; the one that was kept longest ago is first. */
    private final Map<FileIdentity, KeptScan> scans = new LinkedHashMap<>();

    /** Memory of all of them, in bytes; guarded by this. */
    private long bytes;

    /**
     * @param most memory for all of them, in bytes
     */
    KeptScans(long most) {
        this.most = most;
    }

    /** Keeps a scan, and lets go of those kept longest ago where there is no room for all. */
    synchronized void keep(KeptScan scan) {
        take(scan.identity());
        scans.put(scan.identity(), scan);
        bytes += scan.bytes();
        Iterator<KeptScan> oldest = scans.values().iterator();
        while (bytes > most && oldest.hasNext()) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    /** Gives away the scan of a file in exactly this state, if it was kept. */
    synchronized Optional<KeptScan> take(FileIdentity identity) {
        Optional<KeptScan> kept = Optional.ofNullable(scans.remove(identity));
        kept.ifPresent(scan -> bytes -= scan.bytes());
        return kept;
    }

    /** Number of scans. */
    synchronized int size() {
        return scans.size();
    }
}
