package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionThreadTest {

    private final Leadership leadership = new Leadership(() -> {}, 1);
    private final List<String> done = new ArrayList<>();
    private final SessionThread thread =
            new SessionThread(
                    Thread.currentThread().getThreadGroup(),
                    () -> {},
                    "session",
                    leadership,
                    Pointer.wrap(Runtime.getSystemRuntime(), 0L),
                    new Lookout(-1));

    @AfterEach
    void close() {
        leadership.close();
    }

    /** The tasks let go of descriptors: one that fails must not keep the others from it. */
    @Test
    void shouldDoAllThatIsToBeDoneAfterAReplyWhateverFails() {
        thread.begin(new Request(15, 7, 1, 0, 0, 0));
        thread.afterReply(() -> done.add("first"));
        thread.afterReply(
                () -> {
                    throw new IllegalStateException("a fault");
                });
        thread.afterReply(() -> done.add("last"));

        thread.replied();

        assertThat(done).containsExactly("first", "last");
        assertThat(thread.request()).isEqualTo(Request.NONE);
        thread.replied();
        assertThat(done).hasSize(2);
    }
}
