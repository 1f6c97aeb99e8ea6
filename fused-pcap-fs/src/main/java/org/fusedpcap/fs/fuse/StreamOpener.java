package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.fusedpcap.cluster.pcap.PcapFormat;
import org.fusedpcap.fs.linux.FileStatus;
import org.fusedpcap.fs.options.StreamOptions;
import org.fusedpcap.fs.options.Wildcard;
import org.fusedpcap.fs.options.names.Place;
import org.fusedpcap.fs.options.names.Target;
import org.fusedpcap.fs.series.Compression;
import org.fusedpcap.fs.series.Segment;
import org.fusedpcap.fs.series.SeriesSpec;
import org.fusedpcap.fs.series.SourceDirectories;
import org.fusedpcap.fs.series.SourceDirectory;
import org.fusedpcap.fs.series.StartedSeries;
import org.fusedpcap.fs.stream.CaptureStream;
import org.fusedpcap.fs.stream.EndRule;
import org.fusedpcap.fs.stream.FollowStream;
import org.fusedpcap.fs.stream.RangeSegment;
import org.fusedpcap.fs.stream.RangeStream;
import org.fusedpcap.fs.stream.SegmentFiles;
import org.fusedpcap.fs.stream.SegmentStream;
import org.fusedpcap.fs.stream.StreamEvents;

/** Opens streams by their names, and knows how the kernel caches each of them. Thread-safe. */
final class StreamOpener implements AutoCloseable {

    /** What may stand behind the name of the file that is followed. */
    private static final Pattern FOLLOWED = Pattern.compile("\\.\\.$");

    private final SourceDirectories directories;
    private final PrivateDirectories privateDirectories;
    private final SegmentFiles files = new SegmentFiles();
    private final StreamEvents events = new StreamEvents();
    private final CachedRanges ranges = new CachedRanges();
    private final ClusterOpening clusters = new ClusterOpening();

    /** The followed streams that go through the page cache, by path: one inode has one size. */
    private final ConcurrentHashMap<String, StreamHandle> cachedFollows = new ConcurrentHashMap<>();

    StreamOpener(SourceDirectories directories, PrivateDirectories privateDirectories) {
        this.directories = directories;
        this.privateDirectories = privateDirectories;
    }

    /**
     * Opens what a path names.
     *
     * @param caller id of the calling thread
     */
    StreamHandle open(String path, Target.Found found, SourceView view, int caller)
            throws IOException {
        Readers readers = new Readers();
        readers.add(caller);
        HandleEnds ends = new HandleEnds(view.controls(), readers);
        if (found.place().options().isClustered()) {
            return openMember(path, found, view, readers);
        }
        if (found instanceof Target.Range range) {
            return openRange(path, range, view, readers, ends);
        }
        return openFollow(path, found, view, readers, ends);
    }

    private StreamHandle openRange(
            String path, Target.Range range, SourceView view, Readers readers, HandleEnds ends)
            throws IOException {
        FileStatus last = FileStatus.of(view.path().resolve(range.end()));
        RangeStream stream = rangeStream(range, view, ends);
        Caching caching = ranges.opened(path, stream);
        Attributes attributes = Attributes.capture(last, stream.size());
        return new StreamHandle(
                path, attributes, stream, readers, caching, () -> ranges.closed(path, stream));
    }

    private RangeStream rangeStream(Target.Range range, SourceView view, EndRule ends)
            throws IOException {
        long unknownSize = range.place().options().fileSize();
        return RangeStream.open(segments(view.path(), range), files, ends, events, unknownSize);
    }

    private List<RangeSegment> segments(Path directory, Target.Range range) throws IOException {
        try (SourceDirectory watched = directories.acquire(directory)) {
            StartedSeries started = watched.open(range.start(), spec(range.place().options()));
            Segment last = started.series().require(range.end());
            List<RangeSegment> segments = new ArrayList<>();
            for (Segment segment : started.series().between(started.first(), last)) {
                RangeSegment.find(segment.path()).ifPresent(segments::add);
            }
            return List.copyOf(segments);
        }
    }

    private static SeriesSpec spec(StreamOptions options) {
        return new SeriesSpec(options.fileMatch().map(Wildcard::pattern), options.order());
    }

    private StreamHandle openFollow(
            String path, Target.Found found, SourceView view, Readers readers, HandleEnds ends)
            throws IOException {
        FileStatus start = FileStatus.of(view.path().resolve(start(found)));
        FollowStream stream = follow(found, view, ends);
        Attributes attributes = Attributes.capture(start, found.place().options().fileSize());
        return openGrowing(path, attributes, start, found.place(), stream, readers);
    }

    private FollowStream follow(Target.Found found, SourceView view, EndRule ends)
            throws IOException {
        SourceDirectory watched = directories.acquire(view.path());
        try {
            StartedSeries started = watched.open(start(found), spec(found.place().options()));
            FollowStream stream =
                    FollowStream.open(started.series(), started.first(), files, ends, events);
            var subscription = view.controls().subscribe(stream::wake);
            stream.onClose(
                    () -> {
                        subscription.close();
                        watched.close();
                    });
            return stream;
        } catch (IOException | RuntimeException e) {
            watched.close();
            throw e;
        }
    }

    private StreamHandle openMember(
            String path, Target.Found found, SourceView view, Readers readers) throws IOException {
        FileStatus start = FileStatus.of(view.path().resolve(start(found)));
        int opener = readers.processes().iterator().next();
        CaptureStream stream =
                clusters.open(
                        found, opener, view.controls(), ends -> openShared(found, view, ends));
        long size =
                found instanceof Target.Range range
                        ? expectedSize(range, view.path())
                        : found.place().options().fileSize();
        return openGrowing(
                path, Attributes.capture(start, size), start, found.place(), stream, readers);
    }

    private SegmentStream openShared(Target.Found found, SourceView view, EndRule ends)
            throws IOException {
        return found instanceof Target.Range range
                ? rangeStream(range, view, ends)
                : follow(found, view, ends);
    }

    private StreamHandle openGrowing(
            String path,
            Attributes attributes,
            FileStatus start,
            Place place,
            CaptureStream stream,
            Readers readers) {
        return isCached(place)
                ? openCached(path, attributes, start, place, stream, readers)
                : new StreamHandle(path, attributes, stream, readers, Caching.NONE, () -> {});
    }

    /**
     * Whether streams here go through the page cache. On an inode that others look at, each stat
     * would outdate the size that a waiting reader is about to be told, and the kernel would take
     * that reader to be at the end: a false end. So only where an inode is one walk's own, as
     * behind the path level; as a mount option, {@code keepcache} is left without effect on shared
     * names.
     */
    private static boolean isCached(Place place) {
        return place.options().keepCache() && place.isPrivate();
    }

    /** Opens for reading through the page cache, if nobody else does so on that path just now. */
    private StreamHandle openCached(
            String path,
            Attributes attributes,
            FileStatus start,
            Place place,
            CaptureStream stream,
            Readers readers) {
        privateDirectories.opened(place.privateId());
        Runnable onCachedClose =
                () -> {
                    cachedFollows.computeIfPresent(
                            path, (any, handle) -> handle.stream() == stream ? null : handle);
                    privateDirectories.closed(place.privateId());
                };
        Attributes unopened = attributes.withSize(sizeUnopened(path, place, start));
        StreamHandle cached =
                new StreamHandle(path, unopened, stream, readers, Caching.FRESH, onCachedClose);
        return cachedFollows.putIfAbsent(path, cached) == null
                ? cached
                : new StreamHandle(path, attributes, stream, readers, Caching.NONE, onCachedClose);
    }

    /** Name of the segment that a stream begins with. */
    static String start(Target.Found found) {
        if (found instanceof Target.Capture capture) {
            return capture.start();
        }
        if (found instanceof Target.Follow follow) {
            return follow.start();
        }
        if (found instanceof Target.Range range) {
            return range.start();
        }
        throw new IllegalArgumentException(found + " is no stream");
    }

    /** What fstat(2) tells of a range's size. */
    long sizeOf(String path, Target.Range range, Path directory) throws IOException {
        if (range.place().options().isClustered() && isCached(range.place())) {
            return sizeOf(path, range.place(), FileStatus.of(directory.resolve(range.start())));
        }
        OptionalLong inUse = ranges.sizeInUse(path);
        return inUse.isPresent() ? inUse.getAsLong() : expectedSize(range, directory);
    }

    private long expectedSize(Target.Range range, Path directory) throws IOException {
        List<RangeSegment> segments = segments(directory, range);
        return RangeStream.isSizeKnown(segments)
                ? RangeStream.expectedSize(segments, files)
                : range.place().options().fileSize();
    }

    /** What fstat(2) tells of a followed stream's size. */
    long sizeOf(String path, Place place, FileStatus start) throws IOException {
        if (!isCached(place)) {
            return place.options().fileSize();
        }
        StreamHandle cached = cachedFollows.get(path);
        if (cached != null) {
            return cached.promise();
        }
        return sizeUnopened(path, place, start);
    }

    /**
     * Bytes that a reader can surely have, once it opens; a member only when all are there. The
     * last one is not told of, see {@link StreamHandle}. Of a compressed one nothing is sure.
     */
    private static long sizeUnopened(String path, Place place, FileStatus start) {
        boolean hasHeader =
                start.identity().size() >= PcapFormat.FILE_HEADER_LENGTH
                        && !Compression.isPacked(FOLLOWED.matcher(path).replaceFirst(""));
        return hasHeader && !place.options().isClustered() ? PcapFormat.FILE_HEADER_LENGTH - 1 : 0;
    }

    /** Stops all clusters; whoever waits in one gets an error. */
    void stop() {
        clusters.stop();
    }

    StreamEvents events() {
        return events;
    }

    SegmentFiles files() {
        return files;
    }

    @Override
    public void close() {
        directories.close();
    }
}
