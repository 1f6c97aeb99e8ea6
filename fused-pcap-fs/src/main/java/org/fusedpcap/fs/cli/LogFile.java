package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where a mount in the background logs. */
final class LogFile {

    /** The folder of all logs of this user; the launcher sets it. */
    static final String FOLDER_PROPERTY = "fusedpcap.log.folder";

    private static final int LONGEST_NAME = 200;

    private LogFile() {}

    /** The mount point's own log, by default. */
    static Path of(Path mountPoint) {
        String folder = System.getProperty(FOLDER_PROPERTY, System.getProperty("java.io.tmpdir"));
        return Path.of(folder, name(mountPoint));
    }

    /** {@code /mnt/pcap/eth0} logs to {@code mnt-pcap-eth0.log}. */
    static String name(Path mountPoint) {
        String name = mountPoint.toString().replaceAll("[^A-Za-z0-9._-]+", "-");
        String bare = name.replaceAll("^-+", "");
        // The end of a path tells more than its beginning.
        return bare.substring(Math.max(0, bare.length() - LONGEST_NAME)) + ".log";
    }

    /**
     * Makes sure that it can be written, with its folder.
     *
     * @throws IOException it cannot
     */
    static void open(Path log) throws IOException {
        Path folder = log.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    }
}
