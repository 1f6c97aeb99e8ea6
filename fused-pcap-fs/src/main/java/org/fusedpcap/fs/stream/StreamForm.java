package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.fusedpcap.cluster.pcap.PcapFormat;
import org.fusedpcap.cluster.pcap.PcapHeader;
import org.fusedpcap.cluster.pcap.RecordConversion;

/**
 * The form of a stream's records, which is that of its first segment, and how those of later
 * segments come into it. Not thread-safe; used under the stream's lock.
 */
final class StreamForm {

    private final StreamEvents events;

    /** Tells the snap length that a stream is to show which begins with a header. */
    private final ToIntFunction<PcapHeader> snaplen;

    private Optional<PcapHeader> form = Optional.empty();

    /** The header of the segment entered last. */
    private Optional<PcapHeader> latest = Optional.empty();

    /** How the records of the segment entered last are rewritten. */
    private Rewriting rewriting = Rewriting.NONE;

    private boolean digitsLost;

    private StreamForm(StreamEvents events, ToIntFunction<PcapHeader> snaplen) {
        this.events = events;
        this.snaplen = snaplen;
    }

    /** For a stream that begins with the header of its first segment as it is. */
    static StreamForm ofFirstSegment(StreamEvents events) {
        return new StreamForm(events, PcapHeader::snaplen);
    }

    /**
     * For a stream whose header may have to tell of longer packets than its first segment has.
     *
     * @param snaplen what it is to be, given the first segment's header
     */
    static StreamForm withSnaplen(StreamEvents events, ToIntFunction<PcapHeader> snaplen) {
        return new StreamForm(events, snaplen);
    }

    /** Whether the stream has begun. */
    boolean isKnown() {
        return form.isPresent();
    }

    /** The stream is to begin once more, with the next segment. */
    void forget() {
        form = Optional.empty();
        latest = Optional.empty();
    }

    /**
     * Begins or goes on with a segment.
     *
     * @param header what the segment begins with
     * @return why the stream cannot go on with it; empty if the segment is entered
     */
    Optional<String> enter(ReadPosition segment, PcapHeader header) throws IOException {
        if (form.isEmpty()) {
            form = Optional.of(header);
            segment.enterWithHeader(headerRewriting(segment, header));
        } else if (latest.filter(header::equals).isPresent()) {
            segment.enterBehindHeader(rewriting);
        } else if (form.get().hasSameRecordForm(header)) {
            rewriting = Rewriting.NONE;
            segment.enterBehindHeader(rewriting);
        } else {
            return convert(segment, header);
        }
        latest = Optional.of(header);
        return Optional.empty();
    }

    private Rewriting headerRewriting(ReadPosition segment, PcapHeader header) throws IOException {
        rewriting = Rewriting.NONE;
        int shown = snaplen.applyAsInt(header);
        if (shown == header.snaplen()) {
            return Rewriting.NONE;
        }
        ByteBuffer own = segment.file().copy(0, PcapFormat.FILE_HEADER_LENGTH);
        return new HeaderRewriting(header.withSnaplen(own, shown));
    }

    private Optional<String> convert(ReadPosition segment, PcapHeader header) {
        PcapHeader to = form.orElseThrow();
        Optional<RecordConversion> conversion = to.conversionFrom(header);
        if (conversion.isEmpty()) {
            return Optional.of(to.differenceTo(header));
        }
        rewriting = new RecordRewriting(conversion.get());
        segment.enterBehindHeader(rewriting);
        latest = Optional.of(header);
        boolean losesDigits = conversion.get().losesDigits();
        events.converted(segment.name(), to.differenceTo(header), losesDigits && !digitsLost);
        digitsLost |= losesDigits;
        return Optional.empty();
    }
}
