package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.fusedpcap.cluster.pcap.CaptureHeader;
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

    private Optional<CaptureHeader> form = Optional.empty();

    /** The header of the segment entered last. */
    private Optional<CaptureHeader> latest = Optional.empty();

    /** How the records of the segment entered last are rewritten. */
    private Rewriting rewriting = Rewriting.NONE;

    private boolean digitsLost;

    /** Whether somebody relies on the form, though the stream may not have begun yet. */
    private boolean told;

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

    /**
     * Somebody is told the form, which is known: from now on it stays.
     *
     * @return length of what the stream has before its first record, in bytes
     */
    int tell() {
        told = true;
        return form.orElseThrow().length();
    }

    /** The stream is to begin once more, with the next segment; in its form, if that was told. */
    void forget() {
        if (!told) {
            form = Optional.empty();
            latest = Optional.empty();
        }
    }

    /**
     * Begins or goes on with a segment.
     *
     * @param header what the segment begins with
     * @return why the stream cannot go on with it; empty if the segment is entered
     */
    Optional<String> enter(ReadPosition segment, CaptureHeader header) throws IOException {
        if (form.isEmpty()) {
            segment.enterWithHeader(headerRewriting(segment, header));
            form = Optional.of(header);
            rewriting = Rewriting.NONE;
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

    private Rewriting headerRewriting(ReadPosition segment, CaptureHeader header)
            throws IOException {
        if (!(header instanceof PcapHeader pcap)) {
            return Rewriting.NONE;
        }
        int shown = snaplen.applyAsInt(pcap);
        if (shown == pcap.snaplen()) {
            return Rewriting.NONE;
        }
        ByteBuffer own = segment.file().copy(0, PcapFormat.FILE_HEADER_LENGTH);
        return new HeaderRewriting(pcap.withSnaplen(own, shown));
    }

    private Optional<String> convert(ReadPosition segment, CaptureHeader header) {
        CaptureHeader to = form.orElseThrow();
        Optional<RecordConversion> conversion = conversion(header, to);
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

    private static Optional<RecordConversion> conversion(CaptureHeader from, CaptureHeader to) {
        return from instanceof PcapHeader before && to instanceof PcapHeader after
                ? after.conversionFrom(before)
                : Optional.empty();
    }
}
