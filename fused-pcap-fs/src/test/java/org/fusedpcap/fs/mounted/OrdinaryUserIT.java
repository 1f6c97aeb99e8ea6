package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mount that an ordinary user has made; nobody else, not even root, has access to it. */
class OrdinaryUserIT {

    /** Length of the file header, which each member of a cluster has. */
    private static final int HEADER = 24;

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
        // Of another user's file nobody can tell whether it is still being written.
        for (String own : new String[] {"f.1", "f.2"}) {
            Files.setAttribute(source.resolve(own), "unix:uid", Nobody.UID);
        }
        Captures.in(source).segment("secret.1", 5);
        Files.setPosixFilePermissions(
                source.resolve("secret.1"), PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void removeSource() throws IOException {
        scratch.close();
    }

    @Test
    void shouldReadFollowAndEndAsThatUser() throws IOException {
        try (Mount mount = Mount.ofNobody(scratch, source)) {
            Tool.Result range = Nobody.shell("cmp <(cat f.1..f.2) <(cat f.1..f.2)", mount);
            assertThat(range.status()).as(range.errors()).isZero();
            try (Tool reader = Tool.start(Nobody.command("cat f.1 | sha256sum", mount))) {
                Nobody.shell("echo f.2 > .end", mount).assertQuiet();
                assertThat(reader.await().output()).startsWith(sha256(expected));
            }
            assertThat(Nobody.shell("cat .last", mount).output()).isEqualTo("f.2\n");
            for (String path : new String[] {"secret.1", "secret.1..secret.1"}) {
                Tool.Result secret = Nobody.shell("cat " + path, mount);
                assertThat(Errno.of(secret)).isEqualTo(Errno.EACCES);
            }
            assertThat(Errno.of(asRoot(mount, "ls", mount.path().toString())))
                    .isEqualTo(Errno.EACCES);
        }
    }

    @Test
    void shouldWaitForTheNewestFileUntilItMayBeRead() throws IOException {
        setMode("f.2", "rw-------");
        try (Mount mount = Mount.ofNobody(scratch, source);
                Tool reader = Tool.start(Nobody.command("cat f.1 | sha256sum", mount))) {
            awaitLog(mount, "f.2 may not be read yet");
            setMode("f.2", "rw-r--r--");
            Nobody.shell("echo f.2 > .end", mount).assertQuiet();
            assertThat(reader.await().output()).startsWith(sha256(expected));
        }
    }

    @Test
    void shouldReadAFileThatMayBeReadSoonAfterANewerOneHasCome() throws IOException {
        byte[] third = Files.readAllBytes(source.resolve("f.2"));
        setMode("f.2", "rw-------");
        try (Mount mount = Mount.ofNobody(scratch, source);
                Tool reader = Tool.start(Nobody.command("cat f.1 | sha256sum", mount))) {
            // Named as the end already now, it is read all the same.
            Nobody.shell("echo f.2 > .end", mount).assertQuiet();
            awaitLog(mount, "f.2 may not be read yet");
            Awaitility.await().until(() -> isOld("f.2"));
            Files.write(source.resolve("f.3"), third);
            setMode("f.2", "rw-r--r--");
            assertThat(reader.await().output()).startsWith(sha256(expected));
            assertThat(mount.log()).doesNotContain("passed over");
        }
    }

    @Test
    void shouldEndBehindAFileThatMayNotBeReadIfItIsNamedAsTheEnd() throws IOException {
        setMode("f.2", "rw-------");
        byte[] first = Files.readAllBytes(source.resolve("f.1"));
        try (Mount mount = Mount.ofNobody(scratch, source);
                Tool reader = Tool.start(Nobody.command("cat f.1 | sha256sum", mount))) {
            awaitLog(mount, "f.2 may not be read yet");
            Nobody.shell("echo f.2 > .end", mount).assertQuiet();
            assertThat(reader.await().output()).startsWith(sha256(first));
            assertThat(Nobody.shell("cat .last", mount).output()).isEqualTo("f.2\n");
        }
    }

    @Test
    void shouldWaitInAClusterUntilTheNewestFileMayBeRead() throws IOException {
        setMode("f.2", "rw-------");
        String member = "cat clustersize=2/f.1 | wc -c";
        try (Mount mount = Mount.ofNobody(scratch, source);
                Tool one = Tool.start(Nobody.command(member, mount));
                Tool other = Tool.start(Nobody.command(member, mount))) {
            awaitLog(mount, "f.2 may not be read yet");
            setMode("f.2", "rw-r--r--");
            Nobody.shell("echo f.2 > .end", mount).assertQuiet();
            assertThat(count(one) + count(other)).isEqualTo(expected.length + HEADER);
            assertThat(mount.log()).doesNotContain("passed over");
        }
    }

    @Test
    void shouldEndAClusterBehindAFileThatMayNotBeReadIfItIsNamedAsTheEnd() throws IOException {
        setMode("f.2", "rw-------");
        long first = Files.size(source.resolve("f.1"));
        String member = "cat clustersize=2/f.1 | wc -c";
        try (Mount mount = Mount.ofNobody(scratch, source);
                Tool one = Tool.start(Nobody.command(member, mount));
                Tool other = Tool.start(Nobody.command(member, mount))) {
            awaitLog(mount, "f.2 may not be read yet");
            Nobody.shell("echo f.2 > .end", mount).assertQuiet();
            assertThat(count(one) + count(other)).isEqualTo(first + HEADER);
        }
    }

    private static long count(Tool counting) {
        Tool.Result result = counting.await();
        assertThat(result.status()).as(result.errors()).isZero();
        return Long.parseLong(result.output().strip());
    }

    private boolean isOld(String name) throws IOException {
        FileTime changed = (FileTime) Files.getAttribute(source.resolve(name), "unix:ctime");
        return changed.toInstant().isBefore(Instant.now().minusSeconds(2));
    }

    @Test
    void shouldPassOverAFileThatMayNotBeReadThoughThereIsANewerOne() throws IOException {
        byte[] third = Files.readAllBytes(source.resolve("f.2"));
        setMode("f.2", "rw-------");
        Files.write(source.resolve("f.3"), third);
        Files.setAttribute(source.resolve("f.3"), "unix:uid", Nobody.UID);
        try (Mount mount = Mount.ofNobody(scratch, source)) {
            Nobody.shell("echo f.3 > .end", mount).assertQuiet();
            try (Tool reader = Tool.start(Nobody.command("cat f.1 | sha256sum", mount))) {
                assertThat(reader.await().output()).startsWith(sha256(expected));
            }
            awaitLog(mount, "f.2 is passed over: it may not be read");
        }
    }

    private static void awaitLog(Mount mount, String text) {
        Awaitility.await().until(() -> mount.log().contains(text));
    }

    private void setMode(String name, String mode) throws IOException {
        // Of another owner, or the mode would not keep him out.
        Files.setAttribute(source.resolve(name), "unix:uid", mode.endsWith("r--") ? Nobody.UID : 0);
        Files.setPosixFilePermissions(source.resolve(name), PosixFilePermissions.fromString(mode));
    }

    private static Tool.Result asRoot(Mount mount, String... command) throws IOException {
        List<String> all = new ArrayList<>(Nobody.inNamespaceOf(mount));
        all.addAll(List.of(command));
        return Tool.run(all.toArray(String[]::new));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
