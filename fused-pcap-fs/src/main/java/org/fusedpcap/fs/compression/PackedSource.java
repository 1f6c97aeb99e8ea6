package org.fusedpcap.fs.compression;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where compressed bytes come from, one after the other. */
@FunctionalInterface
public interface PackedSource {

    /** Returned where nothing more will come. */
    int END = -1;

    /**
     * Reads bytes to a buffer's position, which moves; waits for some where more may come.
     *
     * @return how many, at least 1, or {@link #END}
     */
    int read(ByteBuffer dst) throws IOException;
}
