package org.fusedpcap.fs.series;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Gives the segments of a series their places. Used under the series' lock. */
interface Ranking {

    /** Stands behind every rank that is known. */
    long UNKNOWN = Long.MAX_VALUE;

    /**
     * A file that is to be placed.
     *
     * @param name the file's name
     * @param identity the name without a compression ending
     * @param key what it sorts by
     */
    record Candidate(Path directory, String name, String identity, NameKey key) {

        Path path() {
            return directory.resolve(name);
        }
    }

    /** Places what the first listing of the directory found, which is in no order. */
    void arrange(List<Candidate> found, BiConsumer<Candidate, Position> place);

    /**
     * The rank of a file that has appeared, or has been written anew.
     *
     * @param newest the position of the newest segment until now
     */
    long rank(Candidate appeared, Optional<Position> newest);

    /**
     * Whether the ranks alone say the order of what is written anew, so that no lap must be
     * counted.
     */
    default boolean ordersRestarts() {
        return false;
    }
}
