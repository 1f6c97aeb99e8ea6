package org.fusedpcap.fs.status;

/**
 * What readers were given.
 *
 * @param bytes bytes handed to the kernel; those that were read again count again
 * @param packets packets before the furthest place read, each counted once; of members of a
 *     cluster, those that were given to them
 */
public record Delivered(long bytes, long packets) {

    /** Nothing yet. */
    public static final Delivered NOTHING = new Delivered(0, 0);

    /** Both together. */
    public Delivered plus(Delivered other) {
        return new Delivered(bytes + other.bytes, packets + other.packets);
    }
}
