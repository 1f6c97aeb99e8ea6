package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fusedpcap.fs.linux.FileStatus;
import org.fusedpcap.fs.options.names.Entries;
import org.fusedpcap.fs.options.names.Place;
import org.fusedpcap.fs.options.names.Target;
import org.fusedpcap.fs.series.Compression;
import org.fusedpcap.fs.series.UnreadableNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is in the source. Thread-safe. */
final class SourceEntries implements Entries {

    private static final Logger LOG = LoggerFactory.getLogger(SourceEntries.class);

    private final Path source;
    private final boolean followLinks;

    SourceEntries(Path source, boolean followLinks) {
        this.source = source;
        this.followLinks = followLinks;
    }

    /** A segment that was compressed, or unpacked, is also there by the name that it had. */
    @Override
    public Kind kind(Path relative) {
        Kind own = ownKind(relative);
        return own == Kind.NONE && !variant(relative).equals(relative) ? Kind.FILE : own;
    }

    /** What is asked about, by the names of the files that are there. */
    Target.Found byRealNames(Target.Found target) {
        Place place = target.place();
        if (target instanceof Target.Capture capture) {
            return new Target.Capture(place, realName(place, capture.start()));
        }
        if (target instanceof Target.Follow follow) {
            return new Target.Follow(place, realName(place, follow.start()));
        }
        if (target instanceof Target.Range range) {
            return new Target.Range(
                    place, realName(place, range.start()), realName(place, range.end()));
        }
        return target;
    }

    private String realName(Place place, String name) {
        return String.valueOf(variant(place.directory().resolve(name)).getFileName());
    }

    /** The file that a segment is in; what was asked for if there is none. */
    private Path variant(Path relative) {
        if (ownKind(relative) != Kind.NONE) {
            return relative;
        }
        return Compression.variants(String.valueOf(relative.getFileName())).stream()
                .map(relative::resolveSibling)
                .filter(path -> ownKind(path) == Kind.FILE)
                .findFirst()
                .orElse(relative);
    }

    private Kind ownKind(Path relative) {
        Path path = source.resolve(relative);
        if (Files.isSymbolicLink(path) && !isAllowed(path)) {
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? Kind.OTHER : Kind.NONE;
        }
        if (Files.isRegularFile(path)) {
            return Kind.FILE;
        }
        return Files.isDirectory(path) ? Kind.DIRECTORY : otherKind(path);
    }

    /** What a disk cannot tell of is there: whoever looks closer is told of the error. */
    private static Kind otherKind(Path path) {
        try {
            FileStatus.of(path);
            return Kind.OTHER;
        } catch (NoSuchFileException e) {
            return Files.isSymbolicLink(path) ? Kind.OTHER : Kind.NONE;
        } catch (IOException e) {
            return Kind.OTHER;
        }
    }

    private boolean isAllowed(Path link) {
        if (followLinks) {
            return true;
        }
        try {
            return link.toRealPath().startsWith(source);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The captures and directories in a directory; no dot files, and nothing that cannot be a
     * capture.
     */
    List<String> list(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> entries = Files.list(source.resolve(directory))) {
            entries.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> !name.startsWith("."))
                    .filter(name -> isReadable(directory, name))
                    .filter(name -> isShown(directory.resolve(name)))
                    .forEach(names::add);
        }
        return names;
    }

    private boolean isReadable(Path directory, String name) {
        boolean unreadable = UnreadableNames.isUnreadable(source.resolve(directory), name);
        if (unreadable) {
            LOG.warn(
                    "{} in {} is not shown: its name is not UTF-8",
                    name,
                    source.resolve(directory));
        }
        return !unreadable;
    }

    private boolean isShown(Path entry) {
        Kind kind = kind(entry);
        return kind == Kind.FILE || kind == Kind.DIRECTORY;
    }
}
