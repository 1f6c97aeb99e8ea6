package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.fusedpcap.fs.linux.FileIdentity;
import org.fusedpcap.fs.linux.NativeFile;

/**
 * The bytes of a capture that a segment's file holds. Offsets are those of the capture; whoever
 * scans or copies need not know how the file keeps it.
 */
interface SegmentContent extends AutoCloseable {

    /** The file that holds it. */
    NativeFile file();

    /**
     * Number of bytes there are now, as far as they are looked for.
     *
     * @param wanted when it is known that there are so many, nothing more need be looked for
     */
    long size(long wanted) throws IOException;

    /**
     * Reads bytes into a buffer, from its position on, and moves the position.
     *
     * @param offset where in the capture, in bytes
     * @return how many bytes were read; 0 at or behind the end
     * @throws WindowPassedException if they are not kept any more
     */
    int read(ByteBuffer buffer, long offset) throws IOException;

    /**
     * Whether a file in this state is long enough to hold what was read of it.
     *
     * @param end offset behind the last byte that was read
     */
    boolean fits(FileIdentity now, long end);

    /** What the file began with, if its records do not tell. */
    Optional<Beginning> beginning();

    /**
     * Whether the file's own bytes are the capture's, so that its descriptor can stand for them.
     */
    boolean isInFile();

    /**
     * From now on reads are at or behind an offset, but for some that go back a little.
     *
     * @return offset of the first byte that is kept for them
     */
    long keepFrom(long offset);

    /** Why a compressed file cannot be unpacked any further, whatever is written to it. */
    Optional<String> failure();

    /** What is wrong with the file besides what its records tell. */
    Optional<String> damage();

    /** File offset behind what was read of a compressed file. */
    long packedOffset();

    /** Memory that is kept for reading back, in bytes. */
    long kept();

    /** Lets go of the file; what is kept can be read until {@link #close}. */
    void finish();

    /** Lets go of everything. */
    @Override
    void close();
}
