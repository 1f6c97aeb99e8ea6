package org.fusedpcap.cluster.distribute;

import java.io.IOException;
import java.util.Optional;

/**
 * How a cluster's stream ended, if it has. The end of the stream or of the source may be followed
 * by an abnormal one, anything may be followed by a stop, and a stop is final. Thread-safe; reads
 * take no lock.
 */
final class Outcome {

    private volatile Ending ending = Ending.RUNNING;

    /** Written before {@link #ending} says so. */
    private volatile Optional<IOException> failure = Optional.empty();

    /** Asked before a queue is looked at, so that what came before the ending is seen there. */
    Ending ending() {
        return ending;
    }

    Optional<IOException> failure() {
        return failure;
    }

    void streamEnded() {
        move(Ending.STREAM_END);
    }

    synchronized void sourceFailed(IOException cause) {
        if (ending == Ending.RUNNING) {
            failure = Optional.of(cause);
            ending = Ending.SOURCE_FAILED;
        }
    }

    synchronized void stopped(IOException cause) {
        if (ending != Ending.STOPPED) {
            failure = Optional.of(cause);
            ending = Ending.STOPPED;
        }
    }

    void abnormal(AbnormalEndRule rule) {
        switch (rule) {
            case ERROR -> move(Ending.ABNORMAL_ERROR);
            case END -> move(Ending.ABNORMAL_END);
            case IGNORE -> {}
        }
    }

    private synchronized void move(Ending to) {
        boolean follows = ending.keepsQueues() && to.compareTo(ending) > 0;
        if (follows) {
            ending = to;
        }
    }
}
