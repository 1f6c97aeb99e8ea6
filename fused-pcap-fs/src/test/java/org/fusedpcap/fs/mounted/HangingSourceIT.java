package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;

/** A source below which one file system does not answer, as of a server that is gone. */
class HangingSourceIT {

    @Test
    void shouldReadOnWhereOtherFileSystemsAnswer() throws IOException {
        try (Scratch scratch = new Scratch()) {
            Captures hanging = Captures.in(scratch.directory("captures-1")).segment("f.1", 50);
            Captures answering = Captures.in(scratch.directory("captures-2")).segment("f.1", 50);
            Path source = scratch.directory("src");
            Path one = Files.createDirectory(source.resolve("one"));
            Path two = Files.createDirectory(source.resolve("two"));
            Captures local =
                    Captures.in(Files.createDirectory(source.resolve("local"))).segment("f.1", 50);
            try (ForeignMount dead =
                            ForeignMount.fuse(scratch, scratch.path().resolve("captures-1"), one);
                    ForeignMount alive =
                            ForeignMount.fuse(scratch, scratch.path().resolve("captures-2"), two);
                    Mount mount = Mount.of(scratch, source);
                    StreamReader stuck = StreamReader.of(mount.path("one/f.1"));
                    StreamReader followed =
                            StreamReader.of(mount.path(alive.path().getFileName() + "/f.1"));
                    StreamReader beside = StreamReader.of(mount.path("local/f.1"))) {
                stuck.awaitPosition(length(hanging));
                followed.awaitPosition(length(answering));
                beside.awaitPosition(length(local));
                dead.signal("STOP");
                try {
                    // Twice: the first may have been on its way when that stopped to answer.
                    for (String next : new String[] {"f.2", "f.3"}) {
                        answering.segment(next, 50);
                        local.segment(next, 50);
                        followed.awaitPosition(length(answering));
                        beside.awaitPosition(length(local));
                    }
                    byte[] all = RollingSource.of(answering.paths()).bytes();
                    Pieces.assertSequential(mount.path("two/f.1..f.3"), all, 4096);
                    assertThat(stuck.isEnded()).isFalse();
                } finally {
                    dead.signal("CONT");
                }
                hanging.segment("f.2", 50);
                stuck.awaitPosition(length(hanging));
            }
        }
    }

    private static int length(Captures captures) throws IOException {
        return RollingSource.of(captures.paths()).length();
    }
}
