package org.fusedpcap.fs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {

    private static final String ROOT = "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw";
    private static final String OURS =
            "42 27 0:39 / /mnt/a\\040b\\134c rw,nosuid - fuse.pcap /data/x\\012y rw,user_id=0";
    private static final String FOREIGN_ON_TOP =
            "43 42 0:40 / /mnt/a\\040b\\134c rw - tmpfs tmpfs rw";

    @Test
    void shouldUndoTheKernelsEscapes() {
        assertThat(MountTable.parse(List.of(ROOT, OURS)).ours())
                .containsExactly(
                        new MountTable.Entry(
                                Path.of("/mnt/a b\\c"), MountTable.TYPE, "/data/x\ny"));
    }

    @Test
    void shouldEscapeAsTheKernelDoes() {
        assertThat(MountTable.escape("/mnt/a b\\c\n\td"))
                .isEqualTo("/mnt/a\\040b\\134c\\012\\011d");
    }

    @Test
    void shouldFindOursAtItsPlace() {
        MountTable table = MountTable.parse(List.of(ROOT, OURS));
        assertThat(table.oursAt(Path.of("/mnt/a b\\c"))).isPresent();
        assertThat(table.oursAt(Path.of("/mnt"))).isEmpty();
        assertThat(table.oursAt(Path.of("/"))).isEmpty();
    }

    @Test
    void shouldNotFindOursWhenAnotherMountHidesIt() {
        MountTable table = MountTable.parse(List.of(ROOT, OURS, FOREIGN_ON_TOP));
        assertThat(table.oursAt(Path.of("/mnt/a b\\c"))).isEmpty();
    }

    @Test
    void shouldPassOverLinesOfAnUnknownForm() {
        assertThat(MountTable.parse(List.of("", "what is this", "1 2 - x", OURS)).ours())
                .hasSize(1);
    }

    @Test
    void shouldReadTheTableOfThisMachine() throws Exception {
        assertThat(MountTable.read().oursAt(Path.of("/proc"))).isEmpty();
    }
}
