package org.fusedpcap.fs.status;

import java.time.Instant;

/**
 * Which mount it is.
 *
 * @param version of the program
 * @param mountPoint where it is mounted
 * @param source the directory that is shown
 * @param options what it was mounted with, as behind {@code -o}; may be empty
 * @param mounted when
 */
public record About(
        String version, String mountPoint, String source, String options, Instant mounted) {}
