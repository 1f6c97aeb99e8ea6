package org.fusedpcap.fs.series;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
        segment.ifPresent(
                told ->
                        tell(
                                () -> told + " " + change,
                                listener -> listener.changed(told, change)));
    }

    void tellLost(Segment segment, long bytes) {
        tell(() -> "the loss of " + segment, listener -> listener.lost(segment, bytes));
    }

    void tellCameAndWent(Segment segment) {
        tell(() -> "the loss of " + segment, listener -> listener.cameAndWent(segment));
    }

    void tellMoving(Segment from, Segment to) {
        tell(() -> "a move of " + from, listener -> listener.moving(from, to));
    }

    void tellMoved(Segment from, Segment to) {
        tell(() -> "a move of " + from, listener -> listener.moved(from, to));
    }

    private void tell(Supplier<String> what, Consumer<SeriesListener> news) {
        for (SeriesListener listener : all) {
            try {
                news.accept(listener);
            } catch (Throwable failure) {
                // The other readers must still be told.
                LOG.error("A listener failed on {}", what.get(), failure);
            }
        }
    }
}
