package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Options of streams given to the mount, and those of path levels that overrule them. */
class MountOptionsIT {

    @RegisterExtension
    static final MountedSource MOUNTED =
            MountedSource.with(
                    "keepcache,filesize=3G,filematch=*.cap,order=packet,clustersize=1,clustermode=4,"
                        + "clusterabend=2,blockslack=16,tunnel=inner,noatime,_netdev,x-test.y=1");

    @Test
    void shouldHoldWhereNoLevelSaysOtherwise() throws IOException {
        // By name it would be the other way round, and no series at all.
        Captures captures = MOUNTED.captures().segment("z.cap", 100).segment("a.cap", 100);
        byte[] expected = RollingSource.of(captures.paths()).bytes();

        Pieces.assertSequential(MOUNTED.view("z.cap..a.cap"), expected, 4096);
        try (FileChannel channel = FileChannel.open(MOUNTED.view("z.cap"))) {
            int there = RollingSource.of(captures.paths().subList(0, 1)).length();
            assertThat(channel.size()).as("keepcache").isBetween((long) there - 1, (long) there);
        }
        assertThat(Files.size(MOUNTED.view("keepcache=0/z.cap"))).isEqualTo(3L << 30);
        assertThat(Files.size(MOUNTED.view("keepcache=no,filesize=1K/z.cap"))).isEqualTo(1024);
        assertThat(Errno.of(() -> Files.newByteChannel(MOUNTED.view("order=name/z.cap..a.cap"))))
                .isEqualTo(Errno.EINVAL);
    }

    @Test
    void shouldFollowForSeveralReadersOfOneName() throws IOException {
        Captures captures = MOUNTED.captures().segment("b.cap", 100);
        StreamReader first = MOUNTED.read("b.cap", 4096);
        // The page cache is the first one's; what others see of the file's size is so, too.
        first.awaitPosition(RollingSource.of(captures.paths()).length());
        StreamReader second = MOUNTED.read("b.cap", 4096);
        for (String next : new String[] {"c.cap", "a.cap", "d.cap"}) {
            int length = RollingSource.of(captures.paths()).length();
            first.awaitPosition(length);
            second.awaitPosition(length);
            long self = ProcessHandle.current().pid();
            Tool.shell("stat -L /proc/%d/fd/*; ls -l %s".formatted(self, MOUNTED.view(".")));
            captures.segment(next, 100);
        }
        byte[] expected = RollingSource.of(captures.paths()).bytes();
        first.awaitPosition(expected.length);
        second.awaitPosition(expected.length);
        MOUNTED.end("*");

        assertThat(first.awaitEnd()).isEqualTo(expected);
        assertThat(second.awaitEnd()).isEqualTo(expected);
    }
}
