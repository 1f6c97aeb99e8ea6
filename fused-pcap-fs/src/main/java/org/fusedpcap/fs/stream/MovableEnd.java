package org.fusedpcap.fs.stream;

import java.util.Optional;

/** The ends that others set for a stream, and one that its reader may set. Thread-safe. */
public final class MovableEnd implements EndRule {

    private final EndRule others;
    private volatile Optional<String> segment = Optional.empty();

    /**
     * @param others the ends that hold in any case
     */
    public MovableEnd(EndRule others) {
        this.others = others;
    }

    /** Has the stream end behind a segment, as soon as that is complete. */
    void moveBehind(String name) {
        segment = Optional.of(name);
    }

    @Override
    public boolean endsAt(String name) {
        return segment.filter(name::equals).isPresent() || others.endsAt(name);
    }

    @Override
    public void ended(String last, Optional<String> next) {
        others.ended(last, next);
    }
}
