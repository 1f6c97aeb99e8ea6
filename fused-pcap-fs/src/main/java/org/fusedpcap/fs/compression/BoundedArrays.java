package org.fusedpcap.fs.compression;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.tukaani.xz.ArrayCache;

/**
 * Gives one xz decoder its arrays, of which all decoders together may have so many bytes on the
 * heap. Not thread-safe.
 */
final class BoundedArrays extends ArrayCache implements AutoCloseable {

    /** An array was refused. */
    static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean tooLarge;

        RefusedException(int bytes, boolean tooLarge) {
            super(
                    "its dictionary of "
                            + bytes / KIB / KIB
                            + " MiB does not fit into what is left of "
                            + MOST_KIB / KIB
                            + " MiB for all xz files");
            this.tooLarge = tooLarge;
        }

        /** Whether it will be refused always. */
        boolean isTooLarge() {
            return tooLarge;
        }
    }

    private static final int KIB = 1024;

    /** The daemon's heap has 64 MiB, and needs a third of it for itself. */
    private static final int MOST_KIB = 36 * KIB;

    private static final Semaphore FREE_KIB = new Semaphore(MOST_KIB);

    /**
     * Whoever lets go of a file does not wait until its decoder has ended, so what that has is
     * given back a moment later.
     */
    private static final long PATIENCE_MS = 1000;

    private int takenKib;

    /** The largest that was put back, for the next block: nobody is to take it in between. */
    private Optional<byte[]> spare = Optional.empty();

    @Override
    public byte[] getByteArray(int size, boolean fillWithZeros) {
        Optional<byte[]> used = spare.filter(array -> array.length == size);
        if (used.isPresent()) {
            spare = Optional.empty();
            if (fillWithZeros) {
                Arrays.fill(used.get(), (byte) 0);
            }
            return used.get();
        }
        if (spare.filter(array -> array.length < size).isPresent()) {
            letGoOfSpare();
        }
        int kib = size / KIB;
        if (kib > MOST_KIB || !isFreeSoon(kib)) {
            throw new RefusedException(size, kib > MOST_KIB);
        }
        takenKib += kib;
        return new byte[size];
    }

    private static boolean isFreeSoon(int kib) {
        try {
            return FREE_KIB.tryAcquire(kib, PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void putArray(byte[] array) {
        if (spare.filter(kept -> kept.length >= array.length).isPresent()) {
            giveBack(array);
        } else {
            letGoOfSpare();
            spare = Optional.of(array);
        }
    }

    private void letGoOfSpare() {
        spare.ifPresent(this::giveBack);
        spare = Optional.empty();
    }

    private void giveBack(byte[] array) {
        int kib = array.length / KIB;
        takenKib -= kib;
        FREE_KIB.release(kib);
    }

    /** Gives back what is still taken. */
    @Override
    public void close() {
        spare = Optional.empty();
        FREE_KIB.release(takenKib);
        takenKib = 0;
    }
}
