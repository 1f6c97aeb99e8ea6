package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastLooksTest {

    /** Changes written as MODIFIED f1. */
    private static List<FileChange> batch(String... changes) {
        return Arrays.stream(changes)
                .map(change -> change.split(" "))
                .map(word -> new FileChange(word[1], FileChange.Kind.valueOf(word[0])))
                .toList();
    }

    @Test
    void shouldHaveARingThatCameRoundInTheOrderOfItsWriting() {
        assertThat(
                        LastLooks.of(
                                batch(
                                        "MODIFIED f3",
                                        "CLOSED f3",
                                        "MODIFIED f0",
                                        "CLOSED f0",
                                        "MODIFIED f1",
                                        "CLOSED f1",
                                        "MODIFIED f2",
                                        "CLOSED f2",
                                        "MODIFIED f3",
                                        "CLOSED f3",
                                        "MODIFIED f0")))
                .isEqualTo(batch("CLOSED f1", "CLOSED f2", "CLOSED f3", "MODIFIED f0"));
    }

    @Test
    void shouldKeepWhatComesAndGoes() {
        List<FileChange> changes =
                batch("MODIFIED f1", "REMOVED f1", "CREATED f1", "MODIFIED f1", "MOVED_IN f2");

        assertThat(LastLooks.of(changes)).isEqualTo(changes);
    }

    @Test
    void shouldKeepTheTimesThatWereSet() {
        List<FileChange> changes = batch("TOUCHED f1", "MODIFIED f1", "TOUCHED f1");

        assertThat(LastLooks.of(changes)).isEqualTo(changes);
    }

    @Test
    void shouldLookOnceAtAFileThatGrowsAllTheTime() {
        assertThat(LastLooks.of(batch("MODIFIED f1", "MODIFIED f1", "CREATED f2", "MODIFIED f1")))
                .isEqualTo(batch("CREATED f2", "MODIFIED f1"));
    }
}
