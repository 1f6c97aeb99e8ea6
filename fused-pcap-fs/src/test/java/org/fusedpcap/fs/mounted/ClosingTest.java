package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {

    private final List<String> closed = new ArrayList<>();

    @Test
    void shouldCloseAllWhenSomeFail() {
        AssertionError odd = new AssertionError("odd");
        IOException broken = new IOException("broken");
        assertThatIOException()
                .isThrownBy(
                        () ->
                                Closing.all(
                                        List.of(one("a"), failing(odd), failing(broken), one("b"))))
                .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(odd, broken));
        assertThat(closed).containsExactly("a", "b");
    }

    @Test
    void shouldBeQuietWhenNoneFails() {
        assertThatCode(() -> Closing.all(List.of(one("a"), one("b")))).doesNotThrowAnyException();
        assertThat(closed).containsExactly("a", "b");
    }

    @Test
    void shouldKeepTheFailureThatCameFirst() {
        IOException first = new IOException("first");
        IOException broken = new IOException("broken");
        assertThat(Closing.after(first, List.of(failing(broken), one("a")))).isSameAs(first);
        assertThat(first.getSuppressed()).containsExactly(broken);
        assertThat(closed).containsExactly("a");
    }

    private AutoCloseable one(String name) {
        return () -> closed.add(name);
    }

    private static AutoCloseable failing(Throwable failure) {
        return () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
    }
}
