package org.fusedpcap.it.machine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CommitCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * The image of all cases: the tools, and the product as a user installs it, which is a folder with
 * the launchers and their jars, and two symbolic links. It is made once for all, and is gone when
 * closed. Thread-safe.
 */
public final class ProductImage implements AutoCloseable {

    /** What our containers and images are known by. */
    static final Map<String, String> LABEL =
            Map.of("org.fusedpcap.verify", System.getProperty("fusedpcap.run"));

    private static final String REPOSITORY = "fused-pcap-case";
    private static final String HOME = "/opt/fused-pcap";
    private static final List<String> LAUNCHERS = List.of("fused-pcap", "mount.pcap", "scripts");
    private static final List<String> MODULES =
            List.of("fused-pcap-fs", "fused-pcap-cluster", "fused-pcap-testkit");

    private final String tag = System.getProperty("fusedpcap.run") + "-" + UUID.randomUUID();
    private final String fresh = REPOSITORY + ":" + tag + "-fresh";
    private final String used = REPOSITORY + ":" + tag;

    /** Makes it. */
    public static ProductImage make() {
        ProductImage image = new ProductImage();
        try {
            image.install();
            image.use();
            return image;
        } catch (IOException e) {
            image.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            image.close();
            throw e;
        }
    }

    private void install() throws IOException {
        Path root = Path.of(System.getProperty("fusedpcap.root"));
        ImageFromDockerfile image =
                new ImageFromDockerfile(fresh, false)
                        .withDockerfileFromBuilder(
                                file ->
                                        file.from(System.getProperty("fusedpcap.tools"))
                                                .label(LABEL)
                                                .copy("product", HOME)
                                                .run(
                                                        "ln -s "
                                                                + HOME
                                                                + "/mount.pcap /sbin/ && ln -s "
                                                                + HOME
                                                                + "/fused-pcap /usr/local/bin/"));
        for (String launcher : LAUNCHERS) {
            image.withFileFromPath("product/" + launcher, root.resolve(launcher));
        }
        for (String module : MODULES) {
            for (Path jar : jars(root.resolve(module).resolve("target"))) {
                image.withFileFromPath("product/lib/" + jar.getFileName(), jar);
            }
        }
        image.get();
    }

    private static List<Path> jars(Path target) throws IOException {
        try (Stream<Path> own = Files.list(target);
                Stream<Path> needed = Files.list(Files.createDirectories(target.resolve("lib")))) {
            return Stream.concat(own, needed)
                    .filter(path -> path.toString().endsWith(".jar"))
                    .toList();
        }
    }

    // The first mount after an installation makes the archive of classes, and once is enough.
    private void use() throws IOException {
        try (Machine machine = Machine.start(fresh, "install")) {
            machine.run("mkdir", "-p", "/work/src", "/work/mnt");
            machine.mount("");
            machine.unmount();
            machine.assertNothingIsLeft();
            CommitCmd commit = client().commitCmd(machine.id());
            commit.withRepository(REPOSITORY).withTag(tag).exec();
            FileUtils.deleteDirectory(machine.folder().toFile());
        }
    }

    /** Its name. */
    String name() {
        return used;
    }

    @Override
    public void close() {
        for (String image : List.of(used, fresh)) {
            try {
                client().removeImageCmd(image).withForce(true).exec();
            } catch (NotFoundException e) {
                // It was never made.
            }
        }
    }

    private static DockerClient client() {
        return DockerClientFactory.lazyClient();
    }
}
