package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.fusedpcap.fs.linux.FileIdentity;
import org.fusedpcap.fs.linux.NativeFile;

/**
 * A capture as it lies in its file.
 *
 * @param file the file, open
 */
record PlainContent(NativeFile file) implements SegmentContent {

    @Override
    public long size(long wanted) throws IOException {
        return file.identity().size();
    }

    @Override
    public int read(ByteBuffer buffer, long offset) throws IOException {
        return file.read(buffer, offset);
    }

    @Override
    public boolean fits(FileIdentity now, long end) {
        return now.size() >= end;
    }

    @Override
    public Optional<Beginning> beginning() {
        return Optional.empty();
    }

    @Override
    public boolean isInFile() {
        return true;
    }

    @Override
    public long keepFrom(long offset) {
        return 0;
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public Optional<String> damage() {
        return Optional.empty();
    }

    @Override
    public long packedOffset() {
        return 0;
    }

    @Override
    public long kept() {
        return 0;
    }

    @Override
    public void finish() {
        // The file is what can be read again.
    }

    @Override
    public void close() {
        file.close();
    }
}
