package org.fusedpcap.fs.mounted;

import java.io.IOException;

/** Closes several things, all of them, whatever happens on the way. */
final class Closing {

    private Closing() {}

    /**
     * Closes all.
     *
     * @throws IOException if some could not be closed; what they said is suppressed in it
     */
    static void all(Iterable<? extends AutoCloseable> users) throws IOException {
        IOException failure = after(new IOException("not all could be closed"), users);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    /**
     * Closes all after something has failed.
     *
     * @return the failure, in which what could not be closed is suppressed
     */
    static <T extends Exception> T after(T failure, Iterable<? extends AutoCloseable> users) {
        for (AutoCloseable user : users) {
            try {
                user.close();
            } catch (Exception | AssertionError e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }
}
