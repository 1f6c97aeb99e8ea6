package org.fusedpcap.testkit.traffic;

import java.util.List;
import java.util.Random;

/**
 * How long frames are, in bytes without the frame check sequence. A frame is never shorter than its
 * headers and its {@link Marker}, and those of a handshake, a question or an error have the length
 * that they need. Immutable.
 *
 * @param classes the lengths in use, and how often each is drawn
 */
public record FrameSizes(List<SizeClass> classes) {

    /** Frames of 64 bytes: 64 over IPv4 and UDP, 76 over IPv4 and TCP, which is the least. */
    public static final FrameSizes SMALLEST = fixed(64);

    /** The simple Internet mix: seven of 64 bytes, four of 594, one of 1518. */
    public static final FrameSizes IMIX =
            new FrameSizes(
                    List.of(new SizeClass(64, 7), new SizeClass(594, 4), new SizeClass(1518, 1)));

    /** A busy uplink: about 770 bytes on average. */
    public static final FrameSizes MIX =
            new FrameSizes(
                    List.of(
                            new SizeClass(80, 42),
                            new SizeClass(594, 16),
                            new SizeClass(1514, 42)));

    private static final int LONGEST = 65_000;

    /** Checks that something can be drawn. */
    public FrameSizes {
        classes = List.copyOf(classes);
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("no frame size");
        }
    }

    /**
     * A length and its weight.
     *
     * @param length length of the frame, in bytes, 1–65000
     * @param weight how often it is drawn, 1 or more
     */
    public record SizeClass(int length, int weight) {

        /** Checks the ranges. */
        public SizeClass {
            if (length < 1 || length > LONGEST || weight < 1) {
                throw new IllegalArgumentException(
                        "a frame has 1 to " + LONGEST + " bytes, not " + length);
            }
        }
    }

    /**
     * One length for all.
     *
     * @param length length of the frame, in bytes, 1–65000
     */
    public static FrameSizes fixed(int length) {
        return new FrameSizes(List.of(new SizeClass(length, 1)));
    }

    /** Draws the index of a size class. */
    int draw(Random random) {
        if (classes.size() == 1) {
            return 0;
        }
        int left = random.nextInt(total());
        int index = 0;
        while (left >= classes.get(index).weight()) {
            left -= classes.get(index++).weight();
        }
        return index;
    }

    private int total() {
        int sum = 0;
        for (int i = 0; i < classes.size(); i++) {
            sum += classes.get(i).weight();
        }
        return sum;
    }
}
