package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One mount for all tests of a class. Each test has a directory of its own in it, with its own
 * control files; after each test the daemon must have let go of everything in it, and after the
 * last one have as many descriptors and about as many threads as before the first.
 */
final class MountedSource
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final int IDLE_THREADS = 8;

    private final String options;
    private Scratch scratch;
    private Mount mount;
    private final List<AutoCloseable> users = new ArrayList<>();
    private int tests;
    private String name;
    private int descriptors = Integer.MAX_VALUE;
    private int threads = Integer.MAX_VALUE - IDLE_THREADS;

    private MountedSource(String options) {
        this.options = options;
    }

    static MountedSource plain() {
        return new MountedSource("rw");
    }

    /** With options, as behind {@code -o}. */
    static MountedSource with(String options) {
        return new MountedSource(options);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        scratch = new Scratch();
        mount = Mount.of(scratch, scratch.directory("src"), options);
        warmUp();
        descriptors = mount.daemon().lastingDescriptors();
        threads = mount.daemon().threads();
    }

    /** What is opened once and kept is opened by this. */
    private void warmUp() throws IOException {
        Captures.in(mount.source()).segment("warm.cap", 1);
        Files.readAllBytes(mount.path("warm.cap..warm.cap"));
        try (StreamReader reader = StreamReader.of(mount.path("warm.cap"))) {
            reader.awaitPosition(Files.size(mount.source().resolve("warm.cap")));
        }
        awaitAllClosed();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        tests++;
        name = "t" + tests;
        Files.createDirectory(source());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        try {
            Closing.all(users);
        } finally {
            users.clear();
        }
        awaitAllClosed();
    }

    /** Begins to read a stream; it is closed after the test. */
    StreamReader read(String file) throws IOException {
        return closeLater(StreamReader.of(view(file)));
    }

    /**
     * The same.
     *
     * @param piece number of bytes to ask for at a time
     */
    StreamReader read(String file, int piece) throws IOException {
        return closeLater(StreamReader.of(view(file), piece));
    }

    /** Starts a program, which is killed after the test if it still runs. */
    Tool start(String... command) throws IOException {
        return closeLater(Tool.start(command));
    }

    /** Has something closed after the test. */
    <T extends AutoCloseable> T closeLater(T user) {
        users.add(user);
        return user;
    }

    /** Waits until the daemon has no file of the source open. */
    void awaitAllClosed() {
        Limits.await("all files closed")
                .untilAsserted(
                        () ->
                                assertThat(mount.daemon().descriptorsBelow(mount.source()))
                                        .isEmpty());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try {
            Limits.await("nothing leaked").untilAsserted(this::assertNothingLeaked);
        } finally {
            mount.close();
            scratch.close();
        }
    }

    private void assertNothingLeaked() {
        Daemon daemon = mount.daemon();
        assertThat(daemon.lastingDescriptors())
                .as(() -> String.join("\n", daemon.descriptors()))
                .isLessThanOrEqualTo(descriptors);
        assertThat(daemon.threads()).isLessThanOrEqualTo(threads + IDLE_THREADS);
    }

    Mount mount() {
        return mount;
    }

    /** This test's directory in the source. */
    Path source() {
        return mount.source().resolve(name);
    }

    /** A file in this test's directory of the source. */
    Path source(String file) {
        return source().resolve(file);
    }

    /** This test's directory under the mount point. */
    Path view() {
        return mount.path(name);
    }

    /** A name in this test's directory under the mount point, option levels and all. */
    Path view(String file) {
        return view().resolve(file);
    }

    /** Captures for this test. */
    Captures captures() {
        return Captures.in(source());
    }

    /** Writes to the test's {@code .end}. */
    void end(String pattern) throws IOException {
        Files.writeString(view(".end"), pattern + "\n", StandardCharsets.UTF_8);
    }

    /** Names that ls would show, sorted. */
    List<String> list() throws IOException {
        try (var entries = Files.list(view())) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
