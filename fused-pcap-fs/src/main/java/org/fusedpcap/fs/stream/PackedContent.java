package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.fusedpcap.fs.compression.PackedFormat;
import org.fusedpcap.fs.linux.FileIdentity;
import org.fusedpcap.fs.linux.NativeFile;

/** A capture as a compressed file holds it, for one reader. Thread-safe. */
final class PackedContent implements SegmentContent {

    private final NativeFile file;
    private final Beginning beginning;
    private final PackedFile packed;
    private final Unpacking unpacking;

    /**
     * Takes over a file.
     *
     * @param file held until this is finished or closed
     * @param beginning what it begins with
     * @param limit file offset behind which it is not read
     */
    PackedContent(SegmentFile file, PackedFormat format, Beginning beginning, long limit) {
        this.file = file.file();
        this.beginning = beginning;
        this.packed = new PackedFile(file.file(), limit);
        this.unpacking = new Unpacking(file.path(), format, packed, file::release);
    }

    @Override
    public NativeFile file() {
        return file;
    }

    @Override
    public long size(long wanted) throws IOException {
        return unpacking.size(wanted);
    }

    @Override
    public int read(ByteBuffer buffer, long offset) throws IOException {
        return unpacking.read(buffer, offset);
    }

    @Override
    public boolean fits(FileIdentity now, long end) {
        return now.size() >= packed.offset();
    }

    @Override
    public Optional<Beginning> beginning() {
        return Optional.of(beginning);
    }

    @Override
    public boolean isInFile() {
        return false;
    }

    @Override
    public long keepFrom(long offset) {
        return unpacking.keepFrom(offset);
    }

    @Override
    public Optional<String> failure() {
        return unpacking.failure();
    }

    @Override
    public Optional<String> damage() {
        return unpacking.damage();
    }

    @Override
    public long packedOffset() {
        return packed.offset();
    }

    @Override
    public long kept() {
        return unpacking.allocated();
    }

    @Override
    public void finish() {
        unpacking.finish();
    }

    @Override
    public void close() {
        unpacking.close();
    }
}
