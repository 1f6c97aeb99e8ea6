package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.fusedpcap.fs.linux.FileIdentity;
import org.fusedpcap.fs.linux.NativeFile;

/**
 * A file that is cut in the moment after its size was asked for.
 *
 * @param length that is left, in bytes
 */
record CutContent(PlainContent plain, int length) implements SegmentContent {

    @Override
    public NativeFile file() {
        return plain.file();
    }

    @Override
    public long size(long wanted) throws IOException {
        long before = plain.size(wanted);
        try (FileChannel channel = FileChannel.open(file().path(), StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
        return before;
    }

    @Override
    public int read(ByteBuffer buffer, long offset) throws IOException {
        return plain.read(buffer, offset);
    }

    @Override
    public boolean fits(FileIdentity now, long end) {
        return plain.fits(now, end);
    }

    @Override
    public Optional<Beginning> beginning() {
        return plain.beginning();
    }

    @Override
    public boolean isInFile() {
        return plain.isInFile();
    }

    @Override
    public long keepFrom(long offset) {
        return plain.keepFrom(offset);
    }

    @Override
    public Optional<String> failure() {
        return plain.failure();
    }

    @Override
    public Optional<String> damage() {
        return plain.damage();
    }

    @Override
    public long packedOffset() {
        return plain.packedOffset();
    }

    @Override
    public long kept() {
        return plain.kept();
    }

    @Override
    public void finish() {
        plain.finish();
    }

    @Override
    public void close() {
        plain.close();
    }
}
