package org.fusedpcap.fs.compression;

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

        RefusedException(int bytes) {
            super(
                    "its dictionary of "
                            + bytes / KIB / KIB
                            + " MiB does not fit into what is left of "
                            + MOST_KIB / KIB
                            + " MiB for all xz files");
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

    @Override
    public byte[] getByteArray(int size, boolean fillWithZeros) {
        int kib = size / KIB;
        if (kib > MOST_KIB || !isFreeSoon(kib)) {
            throw new RefusedException(size);
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
        int kib = array.length / KIB;
        takenKib -= kib;
        FREE_KIB.release(kib);
    }

    /** Gives back what is still taken. */
    @Override
    public void close() {
        FREE_KIB.release(takenKib);
        takenKib = 0;
    }
}
