package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A piece of off-heap memory with records in it, filled from the front. The distributor alone
 * writes; members read what was published to them, by absolute offsets, so each user has a view of
 * its own and no position is shared.
 */
final class Slab {

    /** A block with less room than this is full: it would rarely hold another record. */
    private static final int LEAST_ROOM = 2048;

    private final int number;
    private final ByteBuffer memory;
    private final ByteBuffer records;
    private final ByteBuffer packets;
    private final ByteBuffer writer;
    private long sequence;
    private int filled;

    /**
     * @param number the slab's number within its cluster
     * @param memory all of it is the slab
     * @param order byte order of the records
     */
    Slab(int number, ByteBuffer memory, ByteOrder order) {
        this.number = number;
        this.memory = memory;
        this.records = memory.duplicate().order(order);
        this.packets = memory.duplicate().order(ByteOrder.BIG_ENDIAN);
        this.writer = memory.duplicate().order(order);
    }

    /** Empties the slab and puts it at a place in the order of the stream. */
    void begin(long place) {
        sequence = place;
        filled = 0;
    }

    int number() {
        return number;
    }

    /** Place in the order of the stream; distributor only. */
    long sequence() {
        return sequence;
    }

    /** The memory itself, to give it back. */
    ByteBuffer memory() {
        return memory;
    }

    /** For absolute reads by anybody, in the records' byte order. */
    ByteBuffer records() {
        return records;
    }

    /**
     * The same for a walk that may come to another byte order: a view of the caller's own.
     *
     * @param otherOrder whether the walk begins with the other byte order
     */
    ByteBuffer walked(boolean otherOrder) {
        boolean big = otherOrder != (records.order() == ByteOrder.BIG_ENDIAN);
        return memory.duplicate().order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    /** For absolute reads by the chooser, in network byte order. */
    ByteBuffer packets() {
        return packets;
    }

    /** Where the next records go: the free rest. */
    ByteBuffer writer() {
        return writer.limit(writer.capacity()).position(filled);
    }

    /** Number of bytes that hold records. */
    int filled() {
        return filled;
    }

    /** As many bytes more hold records now. */
    void grow(int bytes) {
        filled += bytes;
    }

    boolean hasRoom() {
        return memory.capacity() - filled >= LEAST_ROOM;
    }

    /** How many blocks of slack it counts for. */
    int blocks() {
        return blocksFor(memory.capacity());
    }

    static int blocksFor(int bytes) {
        return (bytes + SlabPool.SLAB_LENGTH - 1) / SlabPool.SLAB_LENGTH;
    }
}
