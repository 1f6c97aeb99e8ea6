package org.fusedpcap.fs.series;

import java.util.Optional;
import org.fusedpcap.fs.options.SegmentOrder;
import org.fusedpcap.fs.options.StreamOptions;
import org.fusedpcap.fs.options.Wildcard;

/**
 * How a user wants a series to be found and ordered. Immutable.
 *
 * @param filematch wildcards that name the series by hand; empty means that the names of the
 *     writers are understood
 * @param order what the order is taken from
 */
public record SeriesSpec(Optional<String> filematch, SegmentOrder order) {

    /** By the names alone. */
    public static final SeriesSpec DEFAULT = new SeriesSpec(Optional.empty(), SegmentOrder.NAME);

    /** As the options of a stream say. */
    public static SeriesSpec of(StreamOptions options) {
        return new SeriesSpec(options.fileMatch().map(Wildcard::pattern), options.order());
    }
}
