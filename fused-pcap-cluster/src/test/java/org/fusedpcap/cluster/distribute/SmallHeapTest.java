package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A large slack in a process that has as little heap as the daemon. */
@Timeout(300)
class SmallHeapTest {

    private static final int SLACK = 4096;

    /** Member 1 reads one byte, member 0 all it can get; says what member 0 heard in the end. */
    static final class Leading {

        private Leading() {}

        /** Run in a process of its own. */
        public static void main(String[] args) throws IOException {
            int clusters = Integer.parseInt(args[0]);
            SlabPool pool = new SlabPool(0);
            List<TestCluster> all = new ArrayList<>();
            for (int i = 0; i < clusters; i++) {
                TestCluster cluster = cluster(pool);
                all.add(cluster);
                System.out.print(lead(cluster) + " ");
            }
            long behind = 0;
            for (TestCluster cluster : all) {
                behind += cluster.cluster().statistics().members().get(1).queuedBytes();
            }
            System.out.print(behind);
        }

        private static TestCluster cluster(SlabPool pool) throws IOException {
            return TestCluster.filled(
                    new ClusterSettings(2, SLACK, AbnormalEndRule.ERROR),
                    new EndlessSource(60),
                    (buffer, packet, captured, original) -> buffer.getInt(packet) & 1,
                    pool);
        }

        private static int lead(TestCluster cluster) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(SlabPool.SLAB_LENGTH);
            long offset = 0;
            int result;
            while ((result = cluster.member(0).read(offset, buffer.clear())) > 0) {
                offset += result;
            }
            return result;
        }
    }

    @Test
    void shouldHaveTheLeaderWaitBeforeTheHeapIsFull() throws Exception {
        String[] said = run(1).split(" ");

        assertThat(said[0]).isEqualTo("" + Member.NOT_YET);
        // Far more than with the slack that everybody has.
        assertThat(Long.parseLong(said[1])).isGreaterThan(16L * 1024 * 1024);
    }

    @Test
    void shouldHaveAllLeadersWaitWhenThereAreManyClusters() throws Exception {
        String[] said = run(20).split(" ");

        assertThat(said).hasSize(21);
        assertThat(List.of(said).subList(0, 20)).containsOnly("" + Member.NOT_YET);
    }

    private static String run(int clusters) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-XX:MaxDirectMemorySize=64g",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Leading.class.getName(),
                                "" + clusters)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            byte[] said = process.getInputStream().readAllBytes();
            assertThat(process.waitFor()).isZero();
            return new String(said, StandardCharsets.US_ASCII);
        } finally {
            process.destroyForcibly();
        }
    }
}
