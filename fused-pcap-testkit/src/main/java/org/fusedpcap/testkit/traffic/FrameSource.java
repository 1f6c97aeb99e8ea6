package org.fusedpcap.testkit.traffic;

/** Where frames come from. */
@FunctionalInterface
public interface FrameSource {

    /** The longest frame there can be, in bytes. */
    int LONGEST_FRAME = 65_535;

    /**
     * Writes the next frame.
     *
     * @param out where to; {@link #LONGEST_FRAME} bytes are free behind {@code offset}
     * @param offset where the frame begins in {@code out}
     * @return length of the frame, in bytes
     */
    int next(byte[] out, int offset);
}
