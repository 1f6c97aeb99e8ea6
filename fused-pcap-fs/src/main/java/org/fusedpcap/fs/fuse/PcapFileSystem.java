package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.control.ControlFile;
import org.fusedpcap.fs.control.ControlFiles;
import org.fusedpcap.fs.control.InvalidPatternException;
import org.fusedpcap.fs.linux.FileStatus;
import org.fusedpcap.fs.options.MountOptions;
import org.fusedpcap.fs.options.names.ControlName;
import org.fusedpcap.fs.options.names.Entries;
import org.fusedpcap.fs.options.names.PathGrammar;
import org.fusedpcap.fs.options.names.Place;
import org.fusedpcap.fs.options.names.Target;
import org.fusedpcap.fs.series.EarlyListing;
import org.fusedpcap.fs.series.NotInSeriesException;
import org.fusedpcap.fs.series.SeriesSpec;
import org.fusedpcap.fs.series.SourceDirectories;
import org.fusedpcap.fs.status.About;
import org.fusedpcap.fs.status.Program;
import org.fusedpcap.fs.stream.SegmentFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the names under the mount point are, and what opening, listing and removing them does. Knows
 * nothing of how libfuse asks. Thread-safe; nothing here waits for a stream, only for the disk.
 */
final class PcapFileSystem implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PcapFileSystem.class);

    private final Path source;
    private final PathGrammar grammar;
    private final PrivateDirectories privateDirectories = new PrivateDirectories();
    private final ConcurrentHashMap<Path, SourceView> views = new ConcurrentHashMap<>();
    private final SourceEntries entries;
    private final StreamOpener opener;
    private final FileStatus owner;
    private final StatusFiles statusFiles;
    private final TopDirectory top;
    private final EarlyListing earlyListing;

    PcapFileSystem(Path source, Path mountPoint, MountOptions options) throws IOException {
        this.source = source;
        this.owner = FileStatus.of(Path.of("/proc/self"));
        this.entries = new SourceEntries(source, options.followLinks());
        this.grammar = new PathGrammar(entries, privateDirectories, options.stream());
        SourceDirectories directories = WatchedSources.create();
        this.top = new TopDirectory(source, !directories.isLocal(source));
        this.earlyListing = new EarlyListing(directories, source, SeriesSpec.of(options.stream()));
        SegmentFiles files =
                options.followLinks() ? SegmentFiles.anywhere() : SegmentFiles.below(source);
        this.opener = new StreamOpener(directories, privateDirectories, files, this::nameOf);
        About about =
                new About(
                        Program.version(),
                        mountPoint.toString(),
                        source.toString(),
                        options.text(),
                        Instant.now());
        this.statusFiles = new StatusFiles(opener.status(about), owner);
    }

    /** Begins what makes the first opening faster, and waits for nothing. */
    void prepare() {
        Thread thread = new Thread(earlyListing, "series-early");
        thread.setDaemon(true);
        thread.start();
    }

    /** START and START.. are the same, and private directories are nobody's business. */
    private String nameOf(Target.Found found) {
        return grammar.format(
                found instanceof Target.Follow follow
                        ? new Target.Capture(follow.place(), follow.start())
                        : found);
    }

    /** What a path stands for. */
    private Target.Found find(String path) throws FuseException {
        Target target = grammar.parse(path);
        if (target instanceof Target.Found found) {
            return entries.byRealNames(found);
        }
        if (target instanceof Target.Refused refused) {
            LOG.warn("{}: {}", path, refused.reason());
            throw new FuseException(Errno.EINVAL);
        }
        throw new FuseException(Errno.ENOENT);
    }

    private SourceView view(Place place) {
        return views.computeIfAbsent(directory(place), SourceView::of);
    }

    private Path directory(Place place) {
        return source.resolve(place.directory()).normalize();
    }

    Attributes attributes(String path) throws FuseException, IOException {
        Target.Found found = find(path);
        if (found instanceof Target.Control control) {
            return attributes(control);
        }
        Path directory = directory(found.place());
        if (found instanceof Target.Directory) {
            FileStatus status = isTop(found.place()) ? top.status() : FileStatus.of(directory);
            return Attributes.directory(status, owner);
        }
        if (found instanceof Target.OptionLevel level) {
            FileStatus status = FileStatus.of(directory);
            return level.isLink() ? Attributes.link(status) : Attributes.directory(status, owner);
        }
        if (found instanceof Target.Range range) {
            FileStatus last = FileStatus.of(directory.resolve(range.end()));
            return told(
                    path, () -> Attributes.capture(last, opener.sizeOf(path, range, directory)));
        }
        FileStatus start = FileStatus.of(directory.resolve(StreamOpener.start(found)));
        return Attributes.capture(start, opener.sizeOf(path, found.place(), start));
    }

    /** What fstat(2) tells of a stream that is open. */
    Attributes attributes(StreamHandle stream) throws IOException {
        return opener.attributes(stream);
    }

    private Attributes attributes(Target.Control control) throws FuseException {
        if (isStatus(control)) {
            return statusFiles.attributes(control.name());
        }
        ControlFile file = findControl(control);
        long changedNs = TimeUnit.MILLISECONDS.toNanos(file.modified().toEpochMilli());
        return Attributes.control(owner, control.name().isWritable(), changedNs);
    }

    /** What is about the mount as a whole is in its topmost directory. */
    private static boolean isStatus(Target.Control control) {
        return StatusFiles.has(control.name()) && isTop(control.place());
    }

    private static boolean isTop(Place place) {
        return place.directory().toString().isEmpty();
    }

    private ControlFile findControl(Target.Control control) throws FuseException {
        return view(control.place())
                .controls()
                .find(control.name())
                .orElseThrow(() -> new FuseException(Errno.ENOENT));
    }

    /** Where the symbolic link of a private level leads this time. */
    String readLink(String path) throws FuseException {
        if (find(path) instanceof Target.OptionLevel level && level.isLink()) {
            int uid = SessionThread.current().request().uid();
            return PathGrammar.linkTo(privateDirectories.create(level.level(), uid));
        }
        throw new FuseException(Errno.EINVAL);
    }

    /** The names in a directory: captures, directories, and the control files that are there. */
    List<String> list(String path) throws FuseException, IOException {
        Target.Found found = find(path);
        if (!(found instanceof Target.Directory) && !(found instanceof Target.OptionLevel)) {
            throw new FuseException(Errno.ENOTDIR);
        }
        List<String> names = new ArrayList<>(entries.list(found.place().directory()));
        view(found.place()).controls().list().forEach(file -> names.add(file.name().toString()));
        if (isTop(found.place())) {
            names.add(ControlName.of(ControlName.Kind.STATUS).toString());
            names.add(ControlName.of(ControlName.Kind.METRICS).toString());
        }
        return names;
    }

    /** Opens a capture, a range or a control file. */
    OpenHandle open(String path, boolean forWriting, Opener by) throws FuseException, IOException {
        Target.Found found = find(path);
        if (found instanceof Target.Control control) {
            if (forWriting && !control.name().isWritable()) {
                throw new FuseException(Errno.EROFS);
            }
            byte[] content =
                    isStatus(control)
                            ? statusFiles.make(control.name())
                            : findControl(control).bytes();
            return new ControlHandle(
                    path, attributes(control), view(control.place()), control.name(), content);
        }
        if (forWriting) {
            throw new FuseException(Errno.EROFS);
        }
        requireFiles(path, found);
        return told(path, () -> opener.open(path, found, view(found.place()), by));
    }

    /** What is done with a stream. */
    @FunctionalInterface
    private interface Action<T> {
        T run() throws IOException;
    }

    /** Does it; the log tells why a name is refused, of which the caller gets a number only. */
    private static <T> T told(String path, Action<T> action) throws IOException {
        try {
            return action.run();
        } catch (InvalidCaptureException | NotInSeriesException e) {
            LOG.warn("{}: {}", path, e.getMessage());
            throw e;
        } catch (AccessDeniedException e) {
            LOG.warn("{}: no access to {}", path, e.getMessage());
            throw e;
        }
    }

    /** A fifo or a device would block, and a link may lead out of the source. */
    private void requireFiles(String path, Target.Found found) throws FuseException {
        Path directory = found.place().directory();
        boolean files =
                entries.kind(directory.resolve(StreamOpener.start(found))) == Entries.Kind.FILE;
        if (found instanceof Target.Range range) {
            files &= entries.kind(directory.resolve(range.end())) == Entries.Kind.FILE;
        }
        if (!files) {
            LOG.warn("{}: no regular file, or a link out of the source (see follow_links)", path);
            throw new FuseException(Errno.EINVAL);
        }
    }

    /** Creates a control file; nothing else can be created. */
    OpenHandle create(String path) throws FuseException {
        Target.Control control = writableControl(path);
        SourceView view = view(control.place());
        view.controls().create(control.name());
        return new ControlHandle(path, attributes(control), view, control.name(), new byte[0]);
    }

    private Target.Control writableControl(String path) throws FuseException {
        Target target = grammar.parse(path);
        if (target instanceof Target.Control control && control.name().isWritable()) {
            requireAllowed(control);
            return control;
        }
        throw new FuseException(Errno.EROFS);
    }

    private static void requireAllowed(Target.Control control) throws FuseException {
        try {
            ControlFiles.requireAllowed(control.name(), control.place().options().clusterSize());
        } catch (InvalidPatternException e) {
            LOG.warn("{}", e.getMessage());
            throw new FuseException(Errno.EINVAL);
        }
    }

    /** Takes a line written to a control file. */
    void write(ControlHandle handle, byte[] line) throws FuseException {
        try {
            handle.directory().controls().write(handle.name(), line);
        } catch (InvalidPatternException e) {
            LOG.warn("{}: {}", handle.name(), e.getMessage());
            throw new FuseException(Errno.EINVAL);
        }
    }

    /** Whether a file may be truncated to nothing, as the shell does before it writes. */
    void requireTruncatable(String path) throws FuseException {
        writableControl(path);
    }

    void remove(String path) throws FuseException {
        Target.Control control = writableControl(path);
        if (!view(control.place()).controls().remove(control.name())) {
            throw new FuseException(Errno.ENOENT);
        }
    }

    /** The source directory, whose file system is shown by statvfs(3). */
    Path source() {
        return source;
    }

    /** Whoever waits for other members of a cluster gets an error. */
    void stop() {
        opener.stop();
    }

    @Override
    public void close() {
        opener.close();
        top.close();
    }
}
