package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.util.List;
import org.fusedpcap.cluster.pcap.LinkTypes;
import org.fusedpcap.cluster.pcap.PcapHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snap length that the header of a range must tell so that no tool cuts or refuses a packet of
 * a later segment. It depends on nothing but the files, so each open of a range begins alike.
 */
final class RangeSnaplen {

    private static final Logger LOG = LoggerFactory.getLogger(RangeSnaplen.class);

    /**
     * So many files are looked at: some milliseconds, or a second or two on a cold disk. Where
     * there are more, the longest that the link type allows is told.
     */
    static final int MOST_LOOKED_AT = 256;

    private RangeSnaplen() {}

    /**
     * The largest snap length of all segments.
     *
     * @param first the header that the range begins with; its own is told if none is larger
     */
    static int of(PcapHeader first, List<RangeSegment> segments, SegmentFiles files) {
        int widest = first.effectiveSnaplen();
        int limit = LinkTypes.largestPacket(first.linkType());
        if (widest < limit && segments.size() > MOST_LOOKED_AT) {
            return limit;
        }
        for (RangeSegment segment : segments) {
            if (widest >= limit) {
                break;
            }
            widest = Math.max(widest, effectiveSnaplen(segment, files));
        }
        return widest == first.effectiveSnaplen() ? first.snaplen() : widest;
    }

    /** 0 if it is not known. */
    private static int effectiveSnaplen(RangeSegment segment, SegmentFiles files) {
        try {
            SegmentFile file = files.open(segment.path());
            try {
                file = file.forReader(segment.identity().size());
                return file.header()
                        .filter(PcapHeader.class::isInstance)
                        .map(PcapHeader.class::cast)
                        .map(PcapHeader::effectiveSnaplen)
                        .orElse(0);
            } finally {
                file.release();
            }
        } catch (IOException e) {
            // Judged when a reader comes to it.
            LOG.debug("{} tells no snap length", segment.path(), e);
            return 0;
        }
    }
}
