package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where a mount in the background logs. */
final class LogFile {

    /** The folder of all logs of this user; the launcher sets it. */
    static final String FOLDER_PROPERTY = "fusedpcap.log.folder";

    // In bytes, and well below what a file's name may have, for the numbers of old logs are added.
    private static final int LONGEST_NAME = 200;

    // In characters, of up to four bytes.
    private static final int END_OF_LONG_NAME = 40;

    private LogFile() {}

    /** The mount point's own log, by default. */
    static Path of(Path mountPoint) {
        String folder = System.getProperty(FOLDER_PROPERTY, System.getProperty("java.io.tmpdir"));
        return Path.of(folder, name(mountPoint));
    }

    /**
     * {@code /mnt/pcap/eth0} logs to {@code mnt+pcap+eth0.log}; no two mount points share a name.
     */
    static String name(Path mountPoint) {
        String bare = mountPoint.toString().substring(1);
        String name = bare.replace("%", "%25").replace("+", "%2B").replace('/', '+');
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            // The end of a path tells more than its beginning.
            String end = name.substring(name.length() - END_OF_LONG_NAME);
            name = Integer.toHexString(name.hashCode()) + "+" + end;
        }
        return (name.isEmpty() ? "+" : name) + ".log";
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
