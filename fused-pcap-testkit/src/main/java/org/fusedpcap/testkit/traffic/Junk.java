package org.fusedpcap.testkit.traffic;

import java.util.Random;

/**
 * Frames of nobody: unknown types, headers that are cut or that lie, noise. Most end with a marker;
 * the shortest have no room for one.
 */
final class Junk {

    private static final int ETHERNET = 14;
    private static final int TYPE = 12;
    private static final int LONGEST_NOISE = 200;

    /** What a frame begins with, and whether there is more behind it than that. */
    private enum Shape {
        UNKNOWN_TYPE(0x88b5),
        ARP(0x0806, 0, 1, 8, 0, 6, 4, 0, 1),
        SPANNING_TREE(38, 0x42, 0x42, 3, 0, 0, 0, 0, 0),
        IPV4_LONG_HEADER(0x0800, 0x4f, 0),
        IPV4_TOO_LONG(0x0800, 0x45, 0, 0xff, 0xff, 0, 1, 0, 0, 64, 6),
        IPV4_OF_VERSION_7(0x0800, 0x75, 0, 0, 40),
        IPV6_CUT(0x86dd, 0x60, 0, 0, 0, 0, 100, 6, 64),
        MPLS_WITHOUT_BOTTOM(0x8847, 0, 1, 0, 64, 0, 2, 0, 64),
        PPPOE_DISCOVERY(0x8863, 0x11, 9, 0, 0, 0, 4),
        NOISE(0x1234),
        VLAN_CUT(0x8100, 0),
        RUNT(0x0800);

        private final int type;
        private final int[] start;

        Shape(int type, int... start) {
            this.type = type;
            this.start = start;
        }

        boolean isCut() {
            return this == VLAN_CUT || this == RUNT;
        }
    }

    private static final Shape[] SHAPES = Shape.values();

    private Junk() {}

    /** Writes a frame and returns its length, in bytes. */
    static int write(Link link, Random random, long sequence, byte[] out, int offset) {
        Shape shape = link == Link.ETHERNET ? SHAPES[random.nextInt(SHAPES.length)] : Shape.NOISE;
        int length = header(shape, random, out, offset);
        if (shape == Shape.RUNT) {
            return 1 + random.nextInt(ETHERNET - 1);
        }
        if (shape.isCut()) {
            return length;
        }
        int noise = random.nextInt(LONGEST_NOISE);
        noise(random, out, offset + length, noise);
        marker(sequence).write(out, offset + length + noise);
        return length + noise + Marker.LENGTH;
    }

    private static int header(Shape shape, Random random, byte[] out, int offset) {
        noise(random, out, offset, TYPE);
        if (shape != Shape.NOISE) {
            // Neither multicast nor somebody's.
            out[offset] = 2;
            out[offset + 6] = 2;
        }
        out[offset + TYPE] = (byte) (shape.type >>> 8);
        out[offset + TYPE + 1] = (byte) shape.type;
        for (int i = 0; i < shape.start.length; i++) {
            out[offset + ETHERNET + i] = (byte) shape.start[i];
        }
        return ETHERNET + shape.start.length;
    }

    private static void noise(Random random, byte[] out, int offset, int length) {
        for (int i = 0; i < length; i++) {
            out[offset + i] = (byte) random.nextInt();
        }
    }

    private static Marker marker(long sequence) {
        return new Marker(FrameKind.JUNK, false, false, sequence, 0, 0, 0, 0);
    }
}
