package org.fusedpcap.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.oracle.Oracle;
import org.fusedpcap.testkit.oracle.Verdict;

/** Asks the oracle about what readers wrote. */
public final class Judgement {

    private Judgement() {}

    /** A reader got all packets, in their order and byte for byte. */
    public static void assertGot(Expectation expectation, Path capture) {
        Oracle oracle = Oracle.ofReader(expectation);
        read(oracle, 0, capture);
        assertGood(oracle.verdict());
    }

    /** Members together got all packets, each conversation in one place. */
    public static void assertShared(Expectation expectation, List<Path> captures) {
        Plant.current().among(captures);
        Oracle oracle = Oracle.ofMembers(expectation, captures.size(), Grouping.ofMode(0, false));
        for (int member = 0; member < captures.size(); member++) {
            read(oracle, member, captures.get(member));
        }
        assertGood(oracle.verdict());
    }

    private static void read(Oracle oracle, int member, Path capture) {
        try (InputStream in = Files.newInputStream(capture)) {
            oracle.read(member, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertGood(Verdict verdict) {
        assertThat(verdict.isOk()).as(verdict.toString()).isTrue();
        assertThat(verdict.expected()).isPositive();
    }
}
