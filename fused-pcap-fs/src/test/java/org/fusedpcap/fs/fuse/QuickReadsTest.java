package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.fusedpcap.fs.linux.LibC;
import org.fusedpcap.fs.options.StreamOptions;
import org.fusedpcap.fs.status.StreamKind;
import org.fusedpcap.fs.stream.Piece;
import org.fusedpcap.fs.stream.ReadResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a pipe in the place of the kernel. */
class QuickReadsTest {

    private static final byte[] BYTES = "a few bytes".getBytes(StandardCharsets.US_ASCII);
    private static final long UNIQUE = 4711;
    private static final int EIO = 5;
    private static final int HEADER = 16;

    private final Pointer pipe = memory(2 * Integer.BYTES);
    private final HandleTable handles = new HandleTable();
    private final QuickReads reads;
    private final QuickReads.Answer answer = new QuickReads.Answer();
    private final StreamAccount account =
            new Ledger().open("/f", StreamKind.FOLLOW, StreamOptions.DEFAULTS, new Readers());

    QuickReadsTest() {
        assertThat(LibC.INSTANCE.pipe(pipe)).isZero();
        reads = new QuickReads(handles, pipe.getInt(Integer.BYTES));
    }

    private static Pointer memory(int length) {
        return Memory.allocateDirect(Runtime.getSystemRuntime(), length);
    }

    @AfterEach
    void close() {
        LibC.INSTANCE.close(pipe.getInt(0));
        LibC.INSTANCE.close(pipe.getInt(Integer.BYTES));
        answer.free();
    }

    private boolean read(Supplier<ReadResult> result) {
        Attributes attributes = new Attributes(Attributes.REGULAR, 0, 0, 0, 0);
        StreamHandle handle =
                new StreamHandle(
                        "/f", attributes, new Stream(result), account, Caching.NONE, () -> {});
        Pointer request = memory(80);
        request.putInt(4, 15);
        request.putLong(8, UNIQUE);
        request.putLong(40, handles.add(handle));
        request.putLong(48, 0);
        request.putInt(56, 4096);
        return reads.answer(Request.read(request), request, answer);
    }

    /** What the kernel would have got: number of the request, error, and bytes behind them. */
    private ByteBuffer answered(int length) {
        Pointer got = memory(4096);
        assertThat(LibC.INSTANCE.read(pipe.getInt(0), got, 4096)).isEqualTo(length);
        assertThat(got.getInt(0)).isEqualTo(length);
        assertThat(got.getLong(8)).isEqualTo(UNIQUE);
        byte[] bytes = new byte[length];
        got.get(0, bytes, 0, length);
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void shouldAnswerWithTheBytesAndCountThem() {
        assertThat(
                        read(
                                () ->
                                        new ReadResult.Data(
                                                List.of(
                                                        new Piece.InMemory(
                                                                ByteBuffer.wrap(BYTES))))))
                .isTrue();

        assertThat(answered(HEADER + BYTES.length).slice(HEADER, BYTES.length))
                .isEqualTo(ByteBuffer.wrap(BYTES));
        assertThat(account.delivered().bytes()).isEqualTo(BYTES.length);
    }

    @Test
    void shouldLeaveToOthersWhatIsNotThere() {
        assertThat(read(() -> ReadResult.Nothing.NOT_YET)).isFalse();
        assertThat(read(() -> ReadResult.Nothing.END)).isFalse();
    }

    @Test
    void shouldLeaveNoRequestUnansweredWhateverFails() {
        assertThat(
                        read(
                                () -> {
                                    throw new IllegalStateException("a fault");
                                }))
                .isTrue();

        assertThat(answered(HEADER).order(ByteOrder.nativeOrder()).getInt(4)).isEqualTo(-EIO);
        assertThat(account.delivered().bytes()).isZero();
    }

    /** A stream that gives the same to every read. */
    private static final class Stream extends StubStream {
        private final Supplier<ReadResult> result;

        Stream(Supplier<ReadResult> result) {
            this.result = result;
        }

        @Override
        public ReadResult read(long streamOffset, int length) {
            return result.get();
        }
    }
}
