package org.fusedpcap.fs.fuse;

import com.kenai.jffi.MemoryIO;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import jnr.ffi.Pointer;
import org.fusedpcap.fs.linux.LibC;
import org.fusedpcap.fs.stream.Piece;
import org.fusedpcap.fs.stream.ReadResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers short reads that need not wait without libfuse: most tools read 4 or 8 KiB at a time, and
 * libfuse's way to a callback and back takes longer than the answer. So are longer reads of members
 * of a cluster, whose bytes go from the queue into the answer. What is not that simple is left to
 * libfuse, which comes to the same stream: waiting, ends and errors, pages of ranges. Thread-safe.
 */
final class QuickReads {

    private static final Logger LOG = LoggerFactory.getLogger(QuickReads.class);

    // struct fuse_out_header: length, error, number of the request
    private static final int HEADER = 16;

    /** The longest read that is answered here, in bytes: what cat and many others ask for. */
    private static final int LONGEST = 128 * 1024;

    private static final int ANSWER_LENGTH = HEADER + LONGEST;

    private final HandleTable handles;
    private final int device;

    /**
     * @param device descriptor that requests come from and answers go to
     */
    QuickReads(HandleTable handles, int device) {
        this.handles = handles;
        this.device = device;
    }

    /** A thread's memory for its answers. */
    static final class Answer {
        private final Pointer memory = LibC.INSTANCE.malloc(ANSWER_LENGTH);
        private final ByteBuffer bytes =
                MemoryIO.getInstance()
                        .newDirectByteBuffer(memory.address(), ANSWER_LENGTH)
                        .order(ByteOrder.nativeOrder());

        /** Bytes of a stream in the answer made last. */
        int given() {
            return bytes.position() - HEADER;
        }

        void free() {
            LibC.INSTANCE.free(memory);
        }
    }

    /**
     * Answers a request, if it can be done at once.
     *
     * @param read the request in memory, a read
     * @return false if libfuse is to see it
     */
    boolean answer(Request request, Pointer read, Answer answer) {
        try {
            Optional<StreamHandle> stream = stream(read);
            return stream.isPresent() && answer(stream.get(), request, read, answer);
        } catch (RuntimeException | Error e) {
            LOG.error("a read failed", e);
            answer.bytes.clear().position(HEADER);
            send(request, answer, Errno.EIO.result());
            return true;
        }
    }

    private Optional<StreamHandle> stream(Pointer read) {
        return handles.find(Request.handle(read))
                .filter(StreamHandle.class::isInstance)
                .map(StreamHandle.class::cast)
                .filter(StreamHandle::isPlain);
    }

    private boolean answer(StreamHandle stream, Request request, Pointer read, Answer answer) {
        long offset = Request.readOffset(read);
        int length = Request.readLength(read);
        boolean isQuick = length <= Request.SHORT_READ || stream.isCopied() && length <= LONGEST;
        if (!isQuick || !stream.isInOrder(offset, length) || !stream.isNear(offset)) {
            return false;
        }
        stream.readers().add(request.pid());
        if (fill(stream, offset, length, answer)) {
            stream.account().delivered(offset, answer.given());
            send(request, answer, 0);
            StreamReads.answered(stream, length);
            return true;
        }
        return false;
    }

    private static boolean fill(StreamHandle stream, long offset, int length, Answer answer) {
        answer.bytes.clear().position(HEADER);
        if (stream.isCopied()) {
            return copy(stream, offset, length, answer);
        }
        return stream.read(offset, length) instanceof ReadResult.Data data && copy(data, answer);
    }

    private static boolean copy(StreamHandle stream, long offset, int length, Answer answer) {
        if (!stream.readInto(offset, length, answer.bytes)) {
            return false;
        }
        if (!stream.isGrowing()
                && StreamReads.leavesLastByte(stream, offset, answer.given(), length)) {
            answer.bytes.position(answer.bytes.position() - 1);
        }
        return true;
    }

    /** Copies an answer; false if that failed, which libfuse's way will meet again and tell. */
    private static boolean copy(ReadResult.Data data, Answer answer) {
        try {
            for (Piece piece : data.pieces()) {
                piece.copyTo(answer.bytes);
            }
            return true;
        } catch (IOException e) {
            LOG.debug("an answer is made once more", e);
            return false;
        } finally {
            data.release();
        }
    }

    private void send(Request request, Answer answer, int error) {
        int length = answer.bytes.position();
        answer.bytes.putInt(0, length).putInt(Integer.BYTES, error);
        answer.bytes.putLong(2 * Integer.BYTES, request.unique());
        if (LibC.INSTANCE.write(device, answer.memory, length) != length) {
            // Who asked was killed meanwhile.
            LOG.debug("an answer was not taken");
        }
    }
}
