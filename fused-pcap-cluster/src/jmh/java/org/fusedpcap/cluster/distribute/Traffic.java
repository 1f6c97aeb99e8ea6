package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;

/** Packet sizes to measure with. */
public enum Traffic {
    /** The smallest Ethernet frames. */
    SMALL,
    /** Simple IMIX: 7 of 64 bytes, 4 of 594, 1 of 1518; 362 on average. */
    IMIX,
    /** 44 % of 64 bytes, 12 % of 594, 44 % of 1518; about 770 on average. */
    MIXED,
    /** Full frames. */
    LARGE;

    private static final int BYTES = 64 * 1024 * 1024;
    private static final long SEED = 20_261_122;

    /** So much of a frame are headers, whatever comes behind them. */
    private static final int HEADERS = 60;

    /**
     * A capture of this traffic without its file header: whole records, little-endian, with the headers of a mix of TCP,
     * UDP and ICMP over IPv4 and IPv6, some of it tagged.
     */
    ByteBuffer capture() {
        Random random = new Random(SEED);
        ByteBuffer records = ByteBuffer.allocateDirect(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> frames = org.fusedpcap.cluster.flow.Traffic.MIXED.frames(4096);
        int serial = 0;
        int length = length(random);
        while (records.remaining() >= TestRecords.RECORD_HEADER + length) {
            int packet = records.position() + TestRecords.RECORD_HEADER;
            byte[] frame = frames.get(serial % frames.size());
            records.put(TestRecords.record(ByteOrder.LITTLE_ENDIAN, serial++, length));
            records.put(packet, frame, 0, HEADERS);
            length = length(random);
        }
        return records.flip();
    }

    private int length(Random random) {
        return switch (this) {
            case SMALL -> 64;
            case IMIX -> pick(random.nextInt(12), 7, 11);
            case MIXED -> pick(random.nextInt(100), 44, 56);
            case LARGE -> 1500;
        };
    }

    private static int pick(int chance, int small, int middle) {
        if (chance < small) {
            return 64;
        }
        return chance < middle ? 594 : 1518;
    }
}
