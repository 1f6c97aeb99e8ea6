package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.cluster.pcap.PcapFormat;
import org.fusedpcap.fs.linux.FileIdentity;
import org.fusedpcap.fs.linux.FileStatus;
import org.fusedpcap.fs.linux.NativeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments that are open, and how far closed ones were scanned. A file that several streams
 * read is open once and scanned once. Thread-safe; nothing waits under its lock, opening and
 * closing are done outside.
 */
public final class SegmentFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentFiles.class);

    /** How many scanned files are remembered, of some 150 bytes each. */
    private static final int REMEMBERED = 16_384;

    /** Memory for scans of files that are closed: enough for 8 GB of captures. */
    private static final long KEPT_SCANS = 4 << 20;

    private record FileKey(long device, long inode) {
        static FileKey of(FileIdentity identity) {
            return new FileKey(identity.device(), identity.inode());
        }
    }

    /** What symbolic links may lead to; empty if to anywhere. */
    private final Optional<Path> root;

    /** Guarded by this. */
    private final Map<FileKey, SegmentFile> open = new HashMap<>();

    /** Guarded by this. */
    private final Map<FileIdentity, ScannedFile> scanned =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<FileIdentity, ScannedFile> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private final KeptScans kept = new KeptScans(KEPT_SCANS);
    private final SharedLists lists = new SharedLists();

    private SegmentFiles(Optional<Path> root) {
        this.root = root;
    }

    /** Segments wherever symbolic links lead to. */
    public static SegmentFiles anywhere() {
        return new SegmentFiles(Optional.empty());
    }

    /**
     * Segments below a directory; symbolic links that lead out of it are no captures.
     *
     * @param directory its real path
     */
    public static SegmentFiles below(Path directory) {
        return new SegmentFiles(Optional.of(directory));
    }

    /**
     * Opens a segment; the caller {@linkplain SegmentFile#release releases} it.
     *
     * @throws java.nio.file.NoSuchFileException if it is gone
     * @throws java.nio.file.AccessDeniedException if it may not be read
     * @throws InvalidCaptureException if it is no regular file, or a link that is not followed
     */
    public SegmentFile open(Path path) throws IOException {
        // Opening alone would have effects on some devices, and on the writer of a fifo.
        requireRegular(FileStatus.of(path).isRegular());
        NativeFile file = NativeFile.open(path);
        try {
            requireRegular(file.isRegular());
            requireAllowed(file);
            SegmentFile segment = share(file);
            if (segment.file() != file) {
                file.close();
            }
            return segment;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void requireRegular(boolean regular) throws InvalidCaptureException {
        if (!regular) {
            throw new InvalidCaptureException("not a regular file");
        }
    }

    // Where a link leads is asked of the open file: it cannot be changed any more.
    private void requireAllowed(NativeFile file) throws IOException {
        if (root.isPresent()
                && Files.isSymbolicLink(file.path())
                && !file.openedPath().startsWith(root.get())) {
            throw new InvalidCaptureException("a link out of the source (see follow_links)");
        }
    }

    private SegmentFile share(NativeFile file) throws IOException {
        FileIdentity identity = file.identity();
        FileKey key = FileKey.of(identity);
        Optional<SegmentFile> shared = holdOpen(key);
        if (shared.isPresent() && isStillTheSame(shared.get())) {
            return shared.get();
        }
        // A ring that uses its files again in place makes another segment of the same inode.
        return addOrShare(key, new SegmentFile(file, identity, this), shared);
    }

    private static boolean isStillTheSame(SegmentFile held) throws IOException {
        boolean same = false;
        try {
            same = held.isStillTheSame();
            return same;
        } finally {
            if (!same) {
                held.release();
            }
        }
    }

    /** Another one may have opened the file at the same time; then there is one for both. */
    private synchronized SegmentFile addOrShare(
            FileKey key, SegmentFile opened, Optional<SegmentFile> outdated) {
        SegmentFile there = open.get(key);
        if (there == null || outdated.filter(there::equals).isPresent()) {
            open.put(key, opened);
            return opened;
        }
        there.addHolder();
        return there;
    }

    private synchronized Optional<SegmentFile> holdOpen(FileKey key) {
        Optional<SegmentFile> shared = Optional.ofNullable(open.get(key));
        shared.ifPresent(SegmentFile::addHolder);
        return shared;
    }

    synchronized void retain(SegmentFile segment) {
        segment.addHolder();
    }

    void release(SegmentFile segment) {
        synchronized (this) {
            if (!segment.removeHolder()) {
                return;
            }
            open.remove(FileKey.of(segment.opened()), segment);
        }
        if (segment.isInFile()) {
            remember(segment);
        }
        segment.close();
    }

    private void remember(SegmentFile segment) {
        try {
            FileIdentity now = segment.file().identity();
            segment.scanned(now).ifPresent(scan -> remember(now, scan));
            segment.keepScan(now).ifPresent(kept::keep);
        } catch (IOException e) {
            LOG.debug("how far {} was scanned is not remembered", segment, e);
        }
    }

    private synchronized void remember(FileIdentity identity, ScannedFile scan) {
        scanned.put(identity, scan);
    }

    /**
     * Length of a capture's file header in bytes; that of classic pcap if it cannot be read.
     *
     * @param identity the state that the file is in
     */
    public int headerLength(Path path, FileIdentity identity) {
        Optional<ScannedFile> known = remembered(identity);
        return known.isPresent() ? known.get().headerLength() : readHeaderLength(path);
    }

    private int readHeaderLength(Path path) {
        try {
            SegmentFile file = open(path);
            try {
                return file.header()
                        .map(CaptureHeader::length)
                        .orElse(PcapFormat.FILE_HEADER_LENGTH);
            } finally {
                file.release();
            }
        } catch (IOException e) {
            // Judged when it is opened to be read.
            return PcapFormat.FILE_HEADER_LENGTH;
        }
    }

    /** A range's segments, as one list for all who have opened the same ones in the same state. */
    List<RangeSegment> share(List<RangeSegment> segments) {
        return lists.share(segments);
    }

    /** What was found out about a file in exactly the state in which it was opened. */
    Optional<KeptScan> takeKept(SegmentFile segment) {
        return segment.isInFile() ? kept.take(segment.opened()) : Optional.empty();
    }

    /** How far a file in exactly this state was scanned before. */
    synchronized Optional<ScannedFile> remembered(FileIdentity identity) {
        return Optional.ofNullable(scanned.get(identity));
    }

    /** Number of files open now. */
    public synchronized int openCount() {
        return open.size();
    }
}
