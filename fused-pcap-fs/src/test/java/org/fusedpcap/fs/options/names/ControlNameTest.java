package org.fusedpcap.fs.options.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.fusedpcap.fs.options.names.ControlName.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlNameTest {

    @ParameterizedTest
    @CsvSource({
        ".end, END, 0, true",
        ".end.1, END, 1, true",
        ".end.1234, END, 1234, true",
        ".end.4194304, END, 4194304, true",
        ".last, LAST, 0, false",
        ".last.1234, LAST, 1234, false",
        ".next, NEXT, 0, false",
        ".next.1234, NEXT, 1234, false",
        ".abend, ABEND, 0, false",
        ".status, STATUS, 0, false",
        ".metrics, METRICS, 0, false",
    })
    void shouldReadAndWriteEachName(String name, Kind kind, int pid, boolean isWritable) {
        ControlName control = new ControlName(kind, pid);
        assertThat(ControlName.parse(name)).contains(control);
        assertThat(control).hasToString(name);
        assertThat(control.isForProcess()).isEqualTo(pid > 0);
        assertThat(control.isWritable()).isEqualTo(isWritable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "end",
                ".end.",
                ".end.0",
                ".end.01",
                ".end.-1",
                ".end.4194305",
                ".end.99999999999",
                ".end.1.2",
                ".end.x",
                ".END",
                ".ends",
                ".abend.1",
                ".status.1",
                ".metrics.1",
                "x.end",
                ".end\n",
                " .end",
                ".end.١"
            })
    void shouldTakeNoOtherName(String name) {
        assertThat(ControlName.parse(name)).isEmpty();
    }

    @Test
    void shouldHaveNoFormForAProcessWhereThereIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ControlName(Kind.ABEND, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ControlName(Kind.END, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ControlName(Kind.END, ControlName.MAX_PID + 1));
    }

    @Test
    void shouldLeadFromAnEndToItsOutcome() {
        assertThat(new ControlName(Kind.END, 7).with(Kind.LAST)).hasToString(".last.7");
    }
}
