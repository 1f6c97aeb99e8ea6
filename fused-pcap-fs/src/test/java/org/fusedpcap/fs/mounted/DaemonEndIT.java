package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a daemon, in order and by force, while readers wait. */
class DaemonEndIT {

    private static final int READERS = 8;

    private Scratch scratch;
    private Path source;
    private byte[] expected;

    @BeforeEach
    void makeSource() throws IOException {
        scratch = new Scratch();
        source = scratch.directory("src");
        expected =
                RollingSource.of(Captures.in(source).segment("f.1", 50).segment("f.2", 50).paths())
                        .bytes();
    }

    @AfterEach
    void removeSource() throws IOException {
        scratch.close();
    }

    @Test
    void shouldAnswerWaitingReadersWithAnErrorAndBeGone() throws IOException {
        List<StreamReader> readers;
        try (Mount mount = Mount.of(scratch, source)) {
            readers = blockedReaders(mount);
            long start = System.nanoTime();
            // The end in order is part of closing it.
            mount.process().destroy();
            for (StreamReader reader : readers) {
                assertThat(Errno.of(reader.awaitFailure())).isEqualTo(Errno.EIO);
                assertThat(reader.bytes()).isEqualTo(expected);
            }
            Measured.print("SIGTERM to the last reader's error", start);
            for (StreamReader reader : readers) {
                reader.close();
            }
        }
    }

    private static List<StreamReader> blockedReaders(Mount mount) throws IOException {
        List<StreamReader> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            String level = i % 2 == 0 ? "" : "keepcache/";
            readers.add(StreamReader.of(mount.path(level + "f.1")));
        }
        long length = 0;
        for (Path segment : List.of(mount.source().resolve("f.1"), mount.source().resolve("f.2"))) {
            length += Files.size(segment);
        }
        for (StreamReader reader : readers) {
            reader.awaitPosition(length - 24);
        }
        return readers;
    }

    @Test
    void shouldEndInOrderWhenUnmounted() throws IOException {
        try (Mount mount = Mount.of(scratch, source)) {
            assertThat(Files.exists(mount.path("f.1"))).isTrue();

            Tool.run("fusermount", "-u", mount.path().toString()).assertQuiet();

            assertThat(mount.awaitEnd()).isZero();
        }
    }

    /** Nobody who waits can be told anything any more, and no interrupt comes. */
    @Test
    void shouldBeGoneWhenTheConnectionIsCutWhileReadersWait() throws IOException {
        try (Mount mount = Mount.of(scratch, source)) {
            List<StreamReader> readers = blockedReaders(mount);

            Tool.run("umount", "-f", mount.path().toString());

            assertThat(mount.awaitEnd()).isZero();
            for (StreamReader reader : readers) {
                reader.awaitFailure();
                assertThat(reader.bytes()).isEqualTo(expected);
                reader.close();
            }
        }
    }

    @Test
    void shouldLeaveAloneWhatWasMountedInItsPlace() throws IOException {
        Mount old = Mount.of(scratch, source);
        try {
            StreamReader reader = StreamReader.of(old.path("f.1"));
            reader.awaitPosition(expected.length);
            Tool.run("umount", "-l", old.path().toString()).assertQuiet();
            try (Mount next = Mount.of(scratch, source)) {
                old.process().destroy();

                assertThat(Errno.of(reader.awaitFailure())).isEqualTo(Errno.EIO);
                reader.close();
                assertThat(old.awaitEnd()).isZero();
                Pieces.assertSequential(next.path("f.1..f.2"), expected, 4096);
            }
        } finally {
            old.abandon();
        }
    }

    @Test
    void shouldBeReplacedAfterACrash() throws IOException {
        Mount crashed = Mount.of(scratch, source);
        try {
            List<StreamReader> readers = blockedReaders(crashed);
            crashed.process().destroyForcibly();
            crashed.awaitEnd();
            for (StreamReader reader : readers) {
                reader.awaitFailure();
                assertThat(reader.bytes()).isEqualTo(expected);
                reader.close();
            }
            assertThat(crashed.isMounted()).isTrue();
            assertThat(Errno.of(() -> Files.newByteChannel(crashed.path("f.1"))))
                    .isEqualTo(Errno.ENOTCONN);

            try (Mount next = Mount.of(scratch, source)) {
                Pieces.assertSequential(next.path("f.1..f.2"), expected, 4096);
            }
        } finally {
            crashed.abandon();
        }
    }
}
