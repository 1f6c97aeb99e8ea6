package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The built program as it is installed: the launchers beside the folder of jars. */
final class InstalledCopy {

    private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    private final Path folder;
    private final Path root;

    private InstalledCopy(Path folder, Path root) {
        this.folder = folder;
        this.root = root;
    }

    /**
     * Makes one.
     *
     * @param folder what it comes to lie in
     */
    static InstalledCopy in(Path folder) throws IOException {
        Path root = Files.createDirectory(folder.resolve("copy"));
        Path scripts = Files.createDirectory(root.resolve("scripts"));
        Path jars = Files.createDirectory(root.resolve("lib"));
        // Where the launchers find this, they keep the archive of classes there.
        Files.createDirectories(root.resolve("fused-pcap-fs/target"));
        Path home = MODULE.getParent();
        // The launchers look for their neighbours where they really are.
        Files.copy(home.resolve("mount.pcap"), root.resolve("mount.pcap"));
        link(home.resolve("scripts"), "*.sh", scripts);
        link(MODULE.resolve("target"), "*.jar", jars);
        link(MODULE.resolve("target/lib"), "*.jar", jars);
        return new InstalledCopy(folder, root);
    }

    private static void link(Path from, String pattern, Path to) throws IOException {
        try (var files = Files.newDirectoryStream(from, pattern)) {
            for (Path file : files) {
                Files.createSymbolicLink(to.resolve(file.getFileName()), file);
            }
        }
    }

    /** Its scripts. */
    Script script() {
        return Script.installed(folder, root);
    }

    /** The archives of classes it has, whole or not. */
    List<Path> archives() throws IOException {
        Path place = root.resolve("fused-pcap-fs/target/cds");
        if (Files.notExists(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.toList();
        }
    }
}
