package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.util.OptionalLong;
import org.fusedpcap.fs.series.Backlog;
import org.fusedpcap.fs.stream.CaptureStream;
import org.fusedpcap.fs.stream.Progress;
import org.fusedpcap.fs.stream.ReadResult;

/** A stream that has nothing, for tests that say what matters to them. */
class StubStream implements CaptureStream {

    @Override
    public ReadResult read(long streamOffset, int length) {
        return ReadResult.Nothing.NOT_YET;
    }

    @Override
    public ReadResult readFully(long streamOffset, int length) {
        return read(streamOffset, length);
    }

    @Override
    public long available(long atLeast) throws IOException {
        return 0;
    }

    @Override
    public boolean isEnded() {
        return false;
    }

    @Override
    public String segment() {
        return "f1";
    }

    @Override
    public Progress progress(long streamOffset) {
        return new Progress("f1", 0, OptionalLong.empty(), Backlog.NONE);
    }

    @Override
    public void addWaker(Runnable waker) {
        throw new AssertionError("nobody waits here");
    }

    @Override
    public void removeWaker(Runnable waker) {
        throw new AssertionError("nobody waits here");
    }

    @Override
    public void close() {
        throw new AssertionError("nobody closes it here");
    }
}
