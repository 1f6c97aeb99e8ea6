package org.fusedpcap.testkit.traffic;

import java.util.Random;

/** TCP connections, one after the other, between the same two ports. */
final class TcpTalk extends Talk {

    private static final int SHORTEST = 16;
    private static final int LONGEST = 512;

    /** What the two sides do, in this order; data is sent until there is none left. */
    private static final TcpStep[] STEPS = {
        TcpStep.SYN,
        TcpStep.SYN_ACK,
        TcpStep.ACK,
        TcpStep.DATA,
        TcpStep.FIN,
        TcpStep.FIN,
        TcpStep.ACK
    };

    private static final boolean[] REPLIES = {false, true, false, false, false, true, false};

    private final FrameSizes sizes;
    private final Frame[] data;
    private final Frame[] control = new Frame[2 * TcpStep.values().length];
    private final int[] sent = new int[2];
    private int step;
    private int dataLeft;

    TcpTalk(Conversation conversation, FrameSizes sizes) {
        super(conversation);
        this.sizes = sizes;
        this.data = new Frame[2 * sizes.classes().size()];
    }

    @Override
    int next(Random random, long sequence, byte[] out, int offset) {
        if (step == 0) {
            connect(random);
        }
        return STEPS[step] == TcpStep.DATA
                ? data(random, sequence, out, offset)
                : control(sequence, out, offset);
    }

    private void connect(Random random) {
        sent[0] = random.nextInt();
        sent[1] = random.nextInt();
        dataLeft = SHORTEST + random.nextInt(LONGEST - SHORTEST);
    }

    private int data(Random random, long sequence, byte[] out, int offset) {
        boolean reply = random.nextBoolean();
        int size = sizes.draw(random);
        Frame frame = dataFrame(reply, size);
        int length = write(frame, TcpStep.DATA, reply, sequence, out, offset);
        sent[reply ? 1 : 0] += frame.payload();
        if (--dataLeft == 0) {
            step++;
        }
        return length;
    }

    private int control(long sequence, byte[] out, int offset) {
        TcpStep now = STEPS[step];
        boolean reply = REPLIES[step];
        int length = write(controlFrame(reply, now), now, reply, sequence, out, offset);
        sent[reply ? 1 : 0] += now.advance();
        step = (step + 1) % STEPS.length;
        return length;
    }

    private int write(
            Frame frame, TcpStep now, boolean reply, long sequence, byte[] out, int offset) {
        int acknowledged = now.ack() ? sent[reply ? 0 : 1] : 0;
        Marker marker = marker(FrameKind.PLAIN, reply, sequence);
        return frame.write(out, offset, marker, sent[reply ? 1 : 0], acknowledged);
    }

    private Frame dataFrame(boolean reply, int size) {
        int index = 2 * size + (reply ? 1 : 0);
        if (data[index] == null) {
            data[index] =
                    FrameBuilder.frame(
                            conversation(),
                            reply,
                            filler -> TcpMessages.data(conversation(), reply, filler),
                            sizes.classes().get(size).length());
        }
        return data[index];
    }

    private Frame controlFrame(boolean reply, TcpStep now) {
        int index = 2 * now.ordinal() + (reply ? 1 : 0);
        if (control[index] == null) {
            control[index] =
                    FrameBuilder.frame(
                            conversation(), reply, TcpMessages.control(conversation(), reply, now));
        }
        return control[index];
    }
}
