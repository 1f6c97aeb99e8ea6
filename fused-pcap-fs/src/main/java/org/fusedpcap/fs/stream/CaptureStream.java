package org.fusedpcap.fs.stream;

import java.io.IOException;

/** What one reader gets from one open: a capture header, then whole records. Thread-safe. */
public interface CaptureStream extends AutoCloseable {

    /**
     * Reads, without waiting for bytes that are not there.
     *
     * @param streamOffset where to begin, 0 or more
     * @param length the most bytes to return, at least 1
     */
    ReadResult read(long streamOffset, int length);

    /**
     * Reads in full or not at all, without waiting: for the kernel's page cache, which takes an
     * answer that is short for the end. What is not returned does not count as read.
     *
     * @param streamOffset where to begin, 0 or more
     * @param length how many bytes to return, at least 1
     * @return so many bytes; or why they are not all there, as {@link #read} would say it behind
     *     those that are
     */
    ReadResult readFully(long streamOffset, int length);

    /**
     * Number of bytes from the beginning on that can surely be read.
     *
     * @param atLeast the caller is content when it knows of so many; further the stream need not
     *     look
     * @throws IOException if the stream failed before that
     */
    long available(long atLeast) throws IOException;

    /** Whether no more bytes will come behind those that are {@linkplain #available available}. */
    boolean isEnded();

    /** Name of the segment that the stream has come to. */
    String segment();

    /**
     * How far a reader has come, for people to see. Takes no lock that is held while a disk is
     * waited for, and asks no disk.
     *
     * @param streamOffset the place behind what the reader has read
     */
    Progress progress(long streamOffset);

    /**
     * Has a task run whenever a read that found nothing may find something. The task must not
     * block. To miss nothing, add it first and read once more before waiting.
     */
    void addWaker(Runnable waker);

    /** Takes back {@link #addWaker}. */
    void removeWaker(Runnable waker);

    /** Lets go of all files. */
    @Override
    void close();
}
