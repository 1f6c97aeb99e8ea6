package org.fusedpcap.fs.series;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.fusedpcap.fs.options.SegmentOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists a directory before anybody asks, if it has so many files that the first who opens one of
 * them would wait for the list: a third of a second for 50,000, in a program that has just been
 * started. What is listed is the series that the last name belongs to; it is kept up to date like
 * any that was used lately, until others were.
 *
 * <p>Not where that would cost more than it may be worth: on a server, and for an order that has
 * every file looked into. Run once, by a thread of its own.
 */
public final class EarlyListing implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EarlyListing.class);

    /** With fewer, listing takes hardly longer than the rest of an opening. */
    static final int MANY = 5000;

    private final SourceDirectories directories;
    private final Path directory;
    private final SeriesSpec spec;

    /**
     * @param spec how those who will ask find and order the series
     */
    public EarlyListing(SourceDirectories directories, Path directory, SeriesSpec spec) {
        this.directories = directories;
        this.directory = directory;
        this.spec = spec;
    }

    @Override
    public void run() {
        if (spec.order() != SegmentOrder.NAME || !directories.isLocal(directory)) {
            return;
        }
        try {
            Optional<String> start = lastOfMany();
            if (start.isPresent()) {
                list(start.get());
            }
        } catch (IOException | DirectoryIteratorException unable) {
            // Whoever opens a file there is told.
            LOG.debug("{} is not listed ahead: {}", directory, unable.toString());
        }
    }

    private void list(String start) throws IOException {
        try (SourceDirectory watched = directories.acquire(directory)) {
            watched.open(start, spec);
        }
    }

    private Optional<String> lastOfMany() throws IOException {
        int count = 0;
        String last = "";
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(".")) {
                    count++;
                    last = NaturalOrder.INSTANCE.compare(name, last) > 0 ? name : last;
                }
            }
        }
        return count < MANY ? Optional.empty() : Optional.of(last);
    }
}
