package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Source directories that another one takes the place of while a file of them is open. */
class VanishedDirectoryIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int HEADER = 24;

    /** How it comes to be another one. */
    enum Way {
        REMOVED_AND_MADE_ANEW {
            @Override
            void replace(Path live) throws IOException {
                remove(live);
                Files.createDirectory(live);
            }
        },
        UNMOUNTED_LAZILY {
            @Override
            void prepare(Path live) throws IOException {
                mount(live);
            }

            @Override
            void replace(Path live) throws IOException {
                Tool.run("umount", "-l", live.toString()).assertQuiet();
            }
        },
        MOUNTED_OVER {
            @Override
            void replace(Path live) throws IOException {
                mount(live);
            }
        };

        void prepare(Path live) throws IOException {
            // It is a directory like any other.
        }

        abstract void replace(Path live) throws IOException;
    }

    private static void mount(Path live) throws IOException {
        Tool.run("mount", "-t", "tmpfs", "tmpfs", live.toString()).assertQuiet();
    }

    private static void remove(Path live) throws IOException {
        Tool.run("rm", "-r", live.toString()).assertQuiet();
    }

    private static Path live() throws IOException {
        Path live = Files.createDirectory(MOUNTED.source("live"));
        MOUNTED.closeLater(
                () -> Tool.shell("! mountpoint -q '" + live + "' || umount -l '" + live + "'"));
        return live;
    }

    private static byte[] recorded(int packets) throws IOException {
        Captures captures = Captures.in(MOUNTED.source()).segment("recorded", packets);
        return Files.readAllBytes(captures.paths().get(0));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldReadTheOldFileToItsEndAndGoOnInTheNewDirectory(Way way) throws IOException {
        byte[] whole = recorded(100);
        int cut = whole.length / 2;
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes(whole);
        Path live = live();
        way.prepare(live);
        Path old = live.resolve("f.1");
        Files.write(old, Arrays.copyOf(whole, cut));
        StreamReader reader = MOUNTED.read("live/f.1");
        reader.awaitPosition(RollingSource.wholeEnd(old));
        try (FileChannel writer = FileChannel.open(old, StandardOpenOption.APPEND)) {
            way.replace(live);
            writer.write(ByteBuffer.wrap(whole, cut, whole.length - cut));
        }
        Captures captures = Captures.in(live);
        for (int i = 2; i < 5; i++) {
            captures.segment("f." + i, 20);
            byte[] next = Files.readAllBytes(captures.paths().get(i - 2));
            expected.write(next, HEADER, next.length - HEADER);
            reader.awaitPosition(expected.size());
        }
        assertThat(reader.bytes()).isEqualTo(expected.toByteArray());
        assertThat(MOUNTED.mount().log())
                .containsPattern(live + " is (another directory now|gone)")
                .doesNotContain("gap: ");
    }

    @Test
    void shouldLookForADirectoryUntilItIsThereAgain() throws IOException {
        Path live = live();
        Captures captures = Captures.in(live).segment("f.1", 20);
        byte[] first = Files.readAllBytes(captures.paths().get(0));
        StreamReader reader = MOUNTED.read("live/f.1");
        reader.awaitPosition(first.length);
        remove(live);
        Limits.await("told to be gone")
                .until(() -> MOUNTED.mount().log().contains(live + " is gone"));
        Files.createDirectory(live);
        captures.segment("f.1", 30);
        reader.awaitPosition(first.length + Files.size(live.resolve("f.1")) - HEADER);
    }
}
