package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.Grouping;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mounts whose every reader is a member. */
class ClusterMountIT {

    private static final int MEMBERS = 3;

    @ParameterizedTest(name = "-o clustersize=3{0}")
    @ValueSource(strings = {"", ",keepcache", ",clustermode=2,blockslack=1", ",tunnel=inner"})
    void shouldShareOutWhateverIsOpened(String options) throws IOException {
        try (Scratch scratch = new Scratch()) {
            Path source = scratch.directory("src");
            Captures captures = Captures.in(source).segment("e.1", 1500).segment("e.2", 1500);
            int mode = options.contains("clustermode=2") ? 2 : 0;
            Grouping grouping = Grouping.ofMode(mode, options.contains("inner"));
            try (Mount mount = Mount.of(scratch, source, "clustersize=" + MEMBERS + options)) {
                Files.writeString(mount.path(".end"), "e.2\n");
                for (String name : new String[] {"e.1", "e.1..", "e.1..e.2", "e.1"}) {
                    try (ClusterMembers members = ClusterMembers.cat(MEMBERS, mount.path(name))) {
                        members.awaitQuietEnds();
                        assertThat(members.judge(captures.expectation(), grouping).toString())
                                .as(name)
                                .startsWith("ok");
                    }
                }
                assertThat(Tool.shell("cat " + mount.path("clustersize=1/e.1..e.2")).output())
                        .isNotEmpty();
            }
        }
    }
}
