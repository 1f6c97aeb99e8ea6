package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.fusedpcap.cluster.pcap.PcapFormat;
import org.fusedpcap.fs.linux.FileStatus;
import org.fusedpcap.fs.linux.User;
import org.fusedpcap.fs.options.StreamOptions;
import org.fusedpcap.fs.options.names.Place;
import org.fusedpcap.fs.options.names.Target;
import org.fusedpcap.fs.series.Compression;
import org.fusedpcap.fs.series.SeriesSpec;
import org.fusedpcap.fs.series.SourceDirectories;
import org.fusedpcap.fs.series.SourceDirectory;
import org.fusedpcap.fs.series.StartedSeries;
import org.fusedpcap.fs.status.About;
import org.fusedpcap.fs.status.StreamKind;
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
    private final RangeListing listing;
    private final PrivateDirectories privateDirectories;
    private final SegmentFiles files;
    private final CachedRanges ranges = new CachedRanges();
    private final Ledger ledger = new Ledger();
    private final ClusterOpening clusters;
    private final Function<Target.Found, String> names;

    /** The followed streams that go through the page cache, by path: one inode has one size. */
    private final ConcurrentHashMap<String, StreamHandle> cachedFollows = new ConcurrentHashMap<>();

    /**
     * @param files what may be opened
     * @param names how people are told what was opened, the same for all who meant the same
     */
    StreamOpener(
            SourceDirectories directories,
            PrivateDirectories privateDirectories,
            SegmentFiles files,
            Function<Target.Found, String> names) {
        this.files = files;
        this.directories = directories;
        this.listing = new RangeListing(directories, System::nanoTime);
        this.privateDirectories = privateDirectories;
        this.names = names;
        this.clusters = new ClusterOpening(ledger, names);
    }

    /** Opens what a path names. */
    StreamHandle open(String path, Target.Found found, SourceView view, Opener by)
            throws IOException {
        Readers readers = new Readers();
        readers.add(by.thread());
        StreamOptions options = found.place().options();
        StreamAccount account = ledger.open(names.apply(found), kind(found), options, readers);
        boolean opened = false;
        try {
            StreamHandle handle = open(path, found, view, account, by);
            account.begin(handle.stream());
            opened = true;
            return handle;
        } finally {
            if (!opened) {
                account.close();
            }
        }
    }

    private static StreamKind kind(Target.Found found) {
        if (found.place().options().isClustered()) {
            return StreamKind.MEMBER;
        }
        return found instanceof Target.Range ? StreamKind.RANGE : StreamKind.FOLLOW;
    }

    private StreamHandle open(
            String path, Target.Found found, SourceView view, StreamAccount account, Opener by)
            throws IOException {
        HandleEnds ends = new HandleEnds(view.controls(), account.readers());
        if (found.place().options().isClustered()) {
            return openMember(path, found, view, account, by);
        }
        if (found instanceof Target.Range range) {
            return openRange(path, range, view, account, ends, by);
        }
        return openFollow(path, found, view, account, ends, by);
    }

    private StreamHandle openRange(
            String path,
            Target.Range range,
            SourceView view,
            StreamAccount account,
            HandleEnds ends,
            Opener by)
            throws IOException {
        FileStatus last = FileStatus.of(view.path().resolve(range.end()));
        RangeStream stream = rangeStream(range, view, ends, account.events(), by);
        Attributes attributes = Attributes.capture(last, stream.size());
        if (!stream.isSizeKnown() && range.place().options().keepCache()) {
            FileStatus start = FileStatus.of(view.path().resolve(range.start()));
            return openGrowing(path, attributes, start, range.place(), stream, account, by);
        }
        Caching caching = ranges.opened(path, stream);
        return new StreamHandle(
                path, attributes, stream, account, caching, () -> ranges.closed(path, stream));
    }

    private RangeStream rangeStream(
            Target.Range range, SourceView view, EndRule ends, StreamEvents events, Opener by)
            throws IOException {
        long unknownSize = range.place().options().fileSize();
        return RangeStream.open(
                listing.forOpening(by.thread(), view.path(), range),
                files,
                by.user(),
                ends,
                events,
                unknownSize);
    }

    private StreamHandle openFollow(
            String path,
            Target.Found found,
            SourceView view,
            StreamAccount account,
            HandleEnds ends,
            Opener by)
            throws IOException {
        FileStatus start = FileStatus.of(view.path().resolve(start(found)));
        FollowStream stream = follow(found, view, ends, account.events(), by.user());
        Attributes attributes = Attributes.capture(start, found.place().options().fileSize());
        return openGrowing(path, attributes, start, found.place(), stream, account, by);
    }

    private FollowStream follow(
            Target.Found found, SourceView view, EndRule ends, StreamEvents events, User reader)
            throws IOException {
        SourceDirectory watched = directories.acquire(view.path());
        try {
            StartedSeries started =
                    watched.open(start(found), SeriesSpec.of(found.place().options()));
            FollowStream stream =
                    FollowStream.open(
                            started.series(), started.first(), files, reader, ends, events);
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
            String path, Target.Found found, SourceView view, StreamAccount account, Opener by)
            throws IOException {
        FileStatus start = FileStatus.of(view.path().resolve(start(found)));
        // First, for it fails where a ring has turned: nobody would close what was opened before.
        long size =
                found instanceof Target.Range range
                        ? expectedSize(range, view, by)
                        : found.place().options().fileSize();
        int opener = account.readers().processes().iterator().next();
        CaptureStream stream =
                clusters.open(
                        found,
                        by.user(),
                        opener,
                        view.controls(),
                        account.pathEvents(),
                        (ends, events) -> openShared(found, view, ends, events, by));
        return openGrowing(
                path, Attributes.capture(start, size), start, found.place(), stream, account, by);
    }

    private SegmentStream openShared(
            Target.Found found, SourceView view, EndRule ends, StreamEvents events, Opener by)
            throws IOException {
        return found instanceof Target.Range range
                ? rangeStream(range, view, ends, events, by)
                : follow(found, view, ends, events, by.user());
    }

    /**
     * In the page cache a reader at the end waits for the size, which knows no {@code O_NONBLOCK}.
     */
    private StreamHandle openGrowing(
            String path,
            Attributes attributes,
            FileStatus start,
            Place place,
            CaptureStream stream,
            StreamAccount account,
            Opener by)
            throws IOException {
        if (place.isPrivate() && !privateDirectories.isOf(place.privateId(), by.user().uid())) {
            // What others have in the page cache is theirs: direct I/O does not keep splice(2)
            // away.
            throw new AccessDeniedException(path, null, "it is in a private directory of others");
        }
        return place.options().keepCache() && !by.nonBlocking()
                ? openCached(path, attributes, start, place, stream, account)
                : new StreamHandle(path, attributes, stream, account, Caching.NONE, () -> {});
    }

    /** Opens for reading through the page cache, if nobody else does so on that path just now. */
    private StreamHandle openCached(
            String path,
            Attributes attributes,
            FileStatus start,
            Place place,
            CaptureStream stream,
            StreamAccount account) {
        privateDirectories.opened(place.privateId());
        Runnable onCachedClose =
                () -> {
                    cachedFollows.computeIfPresent(
                            path, (any, handle) -> handle.stream() == stream ? null : handle);
                    privateDirectories.closed(place.privateId());
                };
        Attributes unopened = attributes.withSize(sizeUnopened(path, place, start));
        StreamHandle cached =
                new StreamHandle(path, unopened, stream, account, Caching.GROWING, onCachedClose);
        return cachedFollows.putIfAbsent(path, cached) == null
                ? cached
                : new StreamHandle(path, attributes, stream, account, Caching.NONE, onCachedClose);
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
        if (range.place().options().isClustered() && range.place().options().keepCache()) {
            return sizeOf(path, range.place(), FileStatus.of(directory.resolve(range.start())));
        }
        OptionalLong inUse = ranges.sizeInUse(path);
        if (inUse.isPresent()) {
            listing.forget();
            return inUse.getAsLong();
        }
        Request request = SessionThread.current().request();
        List<RangeSegment> segments =
                request.isLookup()
                        ? listing.lookUp(request.pid(), directory, range)
                        : listing.forAttributes(request.pid(), directory, range);
        return RangeStream.isSizeKnown(segments)
                ? RangeStream.expectedSize(segments, files)
                : sizeOf(path, range.place(), FileStatus.of(directory.resolve(range.start())));
    }

    private long expectedSize(Target.Range range, SourceView view, Opener by) throws IOException {
        List<RangeSegment> segments = listing.forOpening(by.thread(), view.path(), range);
        RangeSegment.requireReadable(segments, by.user());
        return RangeStream.isSizeKnown(segments)
                ? RangeStream.expectedSize(segments, files)
                : range.place().options().fileSize();
    }

    /** What fstat(2) tells of a followed stream's size. */
    long sizeOf(String path, Place place, FileStatus start) throws IOException {
        if (!place.options().keepCache()) {
            return place.options().fileSize();
        }
        StreamHandle cached = cachedFollows.get(path);
        if (cached != null) {
            return cached.sizeNow();
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

    /**
     * What fstat(2) tells of a stream's file. That has one size, whoever asks: of those who go
     * through the page cache, if there is one.
     */
    Attributes attributes(StreamHandle handle) throws IOException {
        boolean findsItsEnd = handle.stream() instanceof RangeStream range && !range.isSizeKnown();
        if (handle.isCachedRange() || findsItsEnd && !handle.isGrowing()) {
            long size = ranges.sizeInUse(handle.path()).orElse(handle.attributes().size());
            return handle.opened().withSize(size);
        }
        StreamHandle cached = cachedFollows.get(handle.path());
        return cached == null ? handle.attributes() : handle.opened().withSize(cached.sizeNow());
    }

    /** Stops all clusters; whoever waits in one gets an error. */
    void stop() {
        clusters.stop();
    }

    /** A view of all that is open here, for people. */
    StatusCollector status(About about) {
        return new StatusCollector(about, ledger, files, directories, clusters.slabs());
    }

    @Override
    public void close() {
        directories.close();
    }
}
