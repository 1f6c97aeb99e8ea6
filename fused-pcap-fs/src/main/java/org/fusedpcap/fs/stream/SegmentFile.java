package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.compression.PackedFormat;
import org.fusedpcap.fs.linux.FileIdentity;
import org.fusedpcap.fs.linux.FileStatus;
import org.fusedpcap.fs.linux.NativeFile;
import org.fusedpcap.fs.linux.NativeMemory;
import org.fusedpcap.fs.linux.User;
import org.fusedpcap.fs.linux.Writers;

/**
 * A segment open for reading, shared by all the streams that read it just now. It stays open as
 * long as someone {@linkplain #retain holds} it: the stream whose reader is in it, and every reply
 * to the kernel that names its descriptor. Thread-safe.
 */
public final class SegmentFile {

    /** How far a compressed file is scanned at a time. */
    private static final int STEP = 1 << 20;

    private final NativeFile file;
    private final SegmentContent content;
    private final FileIdentity opened;
    private final SegmentFiles files;

    /** Guarded by {@link #files}. */
    private int holders = 1;

    /** Guarded by this; set once. */
    private CaptureHeader header;

    /** Guarded by this; set together with the header. */
    private RecordScan scan;

    SegmentFile(NativeFile file, FileIdentity opened, SegmentFiles files) {
        this(new PlainContent(file), opened, files);
    }

    private SegmentFile(SegmentContent content, FileIdentity opened, SegmentFiles files) {
        this.file = content.file();
        this.content = content;
        this.opened = opened;
        this.files = files;
    }

    /**
     * The segment as a reader is to have it: a compressed file is unpacked for each reader by
     * himself, since each is at another place in it. It takes over the hold on this one.
     *
     * @param limit file offset behind which a compressed file is not read
     */
    SegmentFile forReader(long limit) throws IOException {
        if (!isInFile() || isKnown()) {
            return this;
        }
        Beginning beginning = Beginning.ofPacked(file);
        return PackedFormat.of(beginning.bytes())
                .map(format -> new PackedContent(this, format, beginning, limit))
                .map(packed -> new SegmentFile(packed, opened, files))
                .orElse(this);
    }

    private synchronized boolean isKnown() {
        return header != null;
    }

    /** What the file was when it was opened. */
    public FileIdentity opened() {
        return opened;
    }

    /** The file's descriptor, valid while the segment is held. */
    public int descriptor() {
        return file.descriptor();
    }

    /** Where it was when it was opened. */
    public Path path() {
        return file.path();
    }

    /** The file's name, without its directory. */
    public String name() {
        return String.valueOf(file.path().getFileName());
    }

    NativeFile file() {
        return file;
    }

    /** Whether the file's descriptor can stand for the capture's bytes. */
    boolean isInFile() {
        return content.isInFile();
    }

    /** Whether a process has the file open for writing. */
    Writers writers() {
        return file.writers();
    }

    /** The capture's length now, as far as it is known, in bytes. */
    long size() throws IOException {
        return content.size(0);
    }

    /**
     * What the file header says; empty while the writer has not written all of it.
     *
     * @throws InvalidCaptureException if it is not the header of a capture
     */
    synchronized Optional<CaptureHeader> header() throws IOException {
        if (header == null) {
            readHeader();
        }
        return Optional.ofNullable(header);
    }

    private void readHeader() throws IOException {
        ByteBuffer bytes = firstBytes(CaptureHeader.LONGEST);
        if (isInFile() && mayBecomePacked(bytes)) {
            // More bytes will tell what it is.
            return;
        }
        Optional<CaptureHeader> read = CaptureHeader.read(bytes);
        if (read.isPresent()) {
            Beginning begins = content.beginning().orElseGet(() -> Beginning.of(read.get(), bytes));
            scan =
                    files.takeKept(this)
                            .map(kept -> new RecordScan(content, read.get(), kept))
                            .orElseGet(() -> new RecordScan(content, read.get(), begins));
            header = read.get();
        } else if (content.failure().isPresent()) {
            throw new InvalidCaptureException(content.failure().get());
        }
    }

    private boolean mayBecomePacked(ByteBuffer bytes) throws IOException {
        return PackedFormat.mayBecome(bytes)
                || PackedFormat.skippableLength(bytes) > 0
                        && PackedFormat.mayBecome(Beginning.ofPacked(file).bytes());
    }

    private ByteBuffer firstBytes(int count) throws IOException {
        // Has a compressed file's beginning unpacked.
        content.size(count);
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining() && content.read(bytes, bytes.position()) > 0) {
            // Until it is full or the file ends.
        }
        return bytes.flip();
    }

    /**
     * What the file begins with, up to its first packet if that is there.
     *
     * @throws InvalidCaptureException if that is not the beginning of a capture
     */
    Beginning beginning() throws IOException {
        Optional<CaptureHeader> there = header();
        if (!isInFile()) {
            return content.beginning().orElseThrow();
        }
        if (there.isEmpty() || there.get().length() > 0) {
            return new Beginning(0, firstBytes(Beginning.PCAP_LENGTH));
        }
        // Where the first packet of pcapng is, only a scan tells.
        look();
        return scan().beginning();
    }

    /**
     * Looks at the first packet, if it is there, so that it is noticed when the file is overwritten
     * from then on.
     */
    void look() throws IOException {
        if (header().isPresent()) {
            scan().advance(scan().firstRecord() + 1);
        }
    }

    /** The scan that all readers of the growing file share. The header must have been there. */
    synchronized RecordScan scan() {
        if (scan == null) {
            throw new IllegalStateException(file + " has no header yet");
        }
        return scan;
    }

    /**
     * Scans on until an offset is reached, or no whole record is left.
     *
     * @param readFrom where the reader is who wants to get there
     * @return the offset behind the last whole record that is known
     */
    long scanTo(long wanted, long readFrom) throws IOException {
        RecordScan known = scan();
        if (isInFile()) {
            return known.advance(wanted);
        }
        // Step by step: what lies further back than the reader is not kept, but must be scanned.
        long end = known.wholeEnd();
        long before = -1;
        while (end < wanted && end > before) {
            before = end;
            known.keepFrom(Math.min(readFrom, end));
            end = known.advance(Math.min(wanted, end + STEP));
        }
        known.keepFrom(Math.min(readFrom, end));
        return end;
    }

    /** What is wrong with the file besides what its records tell. */
    Optional<String> damage() {
        return content.damage();
    }

    /** File offset behind what was read of a compressed file. */
    long packedOffset() {
        return content.packedOffset();
    }

    /** Memory that is kept for reading back in a compressed file, in bytes. */
    long kept() {
        return content.kept();
    }

    /** Nothing more of a compressed file is to be unpacked; what is kept can still be read. */
    void finish() {
        content.finish();
    }

    /** Closes the file, or lets go of it. */
    void close() {
        content.close();
    }

    /**
     * Copies some of the file's bytes to a buffer's position, which moves.
     *
     * @throws ShortFileException if the file has become shorter than that
     */
    void copyTo(long fileOffset, int length, ByteBuffer dst) throws IOException {
        ByteBuffer part = dst.slice(dst.position(), length);
        while (part.hasRemaining()) {
            if (content.read(part, fileOffset + part.position()) == 0) {
                throw new ShortFileException(file.path(), fileOffset + part.position());
            }
        }
        dst.position(dst.position() + length);
    }

    /**
     * A copy of some of the file's bytes, which the caller gives away or frees.
     *
     * @throws ShortFileException if the file has become shorter than that
     */
    NativeMemory copyToNative(long fileOffset, int length) throws IOException {
        NativeMemory memory = NativeMemory.allocate(length);
        try {
            copyTo(fileOffset, length, memory.buffer().duplicate());
            return memory;
        } catch (IOException | RuntimeException e) {
            memory.free();
            throw e;
        }
    }

    /**
     * A copy of some of the file's bytes.
     *
     * @throws ShortFileException if the file has become shorter than that
     */
    ByteBuffer copy(long fileOffset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        copyTo(fileOffset, length, bytes);
        return bytes.flip();
    }

    /**
     * The file's length when it was last found to be what was scanned, in bytes; 0 if nothing was.
     */
    long lastSize() {
        RecordScan known;
        synchronized (this) {
            known = scan;
        }
        return known == null ? 0 : known.lastSize();
    }

    /** Whether what was scanned of the file, or begun to be unpacked, is still in it. */
    boolean isStillTheSame() throws IOException {
        RecordScan known;
        synchronized (this) {
            known = scan;
        }
        if (known != null) {
            return !known.check();
        }
        Optional<Beginning> packed = content.beginning();
        return packed.isEmpty() || packed.get().isIn(file);
    }

    /** Whether it will be noticed when the file is overwritten from now on. */
    boolean isBeginningKnown() {
        RecordScan known;
        synchronized (this) {
            known = scan;
        }
        return known == null ? content.beginning().isPresent() : known.isPacketSeen();
    }

    /** When the file was last written to, in nanoseconds since 1970, or later. */
    long changedNs() throws IOException {
        return file.changedNs();
    }

    /**
     * Asks whether a reader may read the file. It is open already, so that is the one that is read.
     *
     * @throws AccessDeniedException if he may not
     */
    void requireReadable(User reader) throws IOException {
        if (!file.permissions().letRead(reader)) {
            throw denied(path(), reader);
        }
    }

    static AccessDeniedException denied(Path path, User reader) {
        return new AccessDeniedException(path.toString(), null, reader + " may not read it");
    }

    static String whyDenied(AccessDeniedException denied) {
        return Optional.ofNullable(denied.getReason()).orElse("it may not be read");
    }

    /** Whether the path that it was opened by still leads to this file. */
    boolean isStillAtItsPath() {
        try {
            return FileStatus.of(path()).identity().isSameFile(opened);
        } catch (IOException e) {
            return false;
        }
    }

    /** What is worth remembering of a file in its state now; empty if nothing was scanned. */
    Optional<ScannedFile> scanned(FileIdentity now) throws IOException {
        RecordScan known;
        synchronized (this) {
            known = scan;
        }
        if (known == null || !isInFile() || !known.isFinished(now.size()) || known.check()) {
            return Optional.empty();
        }
        return Optional.of(
                new ScannedFile((int) known.firstRecord(), known.wholeEnd(), known.isSenseless()));
    }

    /** What the next one to open the file can go on with; empty if it was not scanned whole. */
    Optional<KeptScan> keepScan(FileIdentity now) throws IOException {
        RecordScan known;
        synchronized (this) {
            known = scan;
        }
        return known == null ? Optional.empty() : known.keep(now);
    }

    /** Holds the file open once more, until {@link #release}. The caller must hold it already. */
    public void retain() {
        files.retain(this);
    }

    /** Lets go of the file; the last one to do so closes it. */
    public void release() {
        files.release(this);
    }

    void addHolder() {
        holders++;
    }

    boolean removeHolder() {
        holders--;
        return holders == 0;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
