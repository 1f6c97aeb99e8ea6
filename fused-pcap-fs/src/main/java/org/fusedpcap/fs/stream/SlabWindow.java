package org.fusedpcap.fs.stream;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.fusedpcap.fs.linux.NativeMemory;

/**
 * The latest of the bytes that are appended, outside of the heap. Not thread-safe, but for this:
 * what {@link #room} gave may be written to while others read what was appended before.
 *
 * <pre>
 *          begin                               end
 *   ......|  slab  |  slab  |  slab  |  slab ..|    spare slabs
 *   forgotten        kept                  room
 * </pre>
 */
final class SlabWindow {

    static final int SLAB = 256 * 1024;

    /** Slabs that were just forgotten; their pages are in use already. */
    private static final int MOST_SPARE = 2;

    private final List<NativeMemory> slabs = new ArrayList<>();
    private final Deque<NativeMemory> spare = new ArrayDeque<>();
    private long begin;
    private long end;

    /** Offset of the first byte that is kept. */
    long begin() {
        return begin;
    }

    /** Offset behind the last byte. */
    long end() {
        return end;
    }

    /** Memory in use, in bytes. */
    long allocated() {
        return (long) (slabs.size() + spare.size()) * SLAB;
    }

    /** Where the next bytes go, at least one; {@link #appended} says how many there were. */
    ByteBuffer room() {
        int used = (int) (end - begin);
        if (used == slabs.size() * SLAB) {
            slabs.add(spare.isEmpty() ? NativeMemory.allocate(SLAB) : spare.pop());
        }
        return slabs.get(used / SLAB).buffer().duplicate().position(used % SLAB);
    }

    void appended(int count) {
        end += count;
    }

    /** Forgets slabs that lie before an offset. */
    void forgetBefore(long offset) {
        while (begin + SLAB <= Math.min(offset, end)) {
            NativeMemory slab = slabs.remove(0);
            begin += SLAB;
            if (spare.size() < MOST_SPARE) {
                spare.push(slab);
            } else {
                slab.free();
            }
        }
    }

    /**
     * Copies bytes to a buffer's position, which moves.
     *
     * @param offset not before {@link #begin}
     * @return how many; 0 at or behind the end
     */
    int read(ByteBuffer dst, long offset) {
        int from = dst.position();
        long at = offset;
        while (dst.hasRemaining() && at < end) {
            int index = (int) (at - begin);
            ByteBuffer slab = slabs.get(index / SLAB).buffer();
            int inSlab = index % SLAB;
            int count = (int) Math.min(Math.min(dst.remaining(), SLAB - inSlab), end - at);
            dst.put(slab.slice(inSlab, count));
            at += count;
        }
        return dst.position() - from;
    }

    /** Nothing more will be appended: gives back what was kept for that. */
    void seal() {
        spare.forEach(NativeMemory::free);
        spare.clear();
    }

    /** Frees all of it. */
    void free() {
        seal();
        slabs.forEach(NativeMemory::free);
        slabs.clear();
        begin = end;
    }
}
