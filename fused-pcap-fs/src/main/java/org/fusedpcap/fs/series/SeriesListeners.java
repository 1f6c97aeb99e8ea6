package org.fusedpcap.fs.series;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told about a series. Thread-safe. */
final class SeriesListeners {

    private static final Logger LOG = LoggerFactory.getLogger(SeriesListeners.class);

    private final List<SeriesListener> all = new CopyOnWriteArrayList<>();

    void add(SeriesListener listener) {
        all.add(listener);
    }

    void remove(SeriesListener listener) {
        all.remove(listener);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void tell(Optional<Segment> segment, Change change) {
        segment.ifPresent(told -> all.forEach(listener -> tell(listener, told, change)));
    }

    void tellLost(Segment segment, long bytes) {
        for (SeriesListener listener : all) {
            try {
                listener.lost(segment, bytes);
            } catch (Throwable failure) {
                LOG.error("A listener failed on the loss of {}", segment, failure);
            }
        }
    }

    private static void tell(SeriesListener listener, Segment segment, Change change) {
        try {
            listener.changed(segment, change);
        } catch (Throwable failure) {
            // The other readers must still be told.
            LOG.error("A listener failed on {} {}", segment, change, failure);
        }
    }
}
