package org.fusedpcap.testkit.soak;

import java.nio.ByteOrder;
import java.util.List;
import org.fusedpcap.testkit.traffic.FrameSizes;
import org.fusedpcap.testkit.traffic.Link;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.fusedpcap.testkit.writer.CaptureProgram;
import org.fusedpcap.testkit.writer.FlushPolicy;
import org.fusedpcap.testkit.writer.RollOver;
import org.fusedpcap.testkit.writer.WriterSpec;

/**
 * What a capture program is to do in a directory.
 *
 * @param writer how it writes
 * @param traffic what
 * @param packetsPerSecond how fast
 */
record Plan(WriterSpec writer, TrafficSpec traffic, int packetsPerSecond) {

    private static final List<CaptureProgram> PROGRAMS = List.of(CaptureProgram.values());
    private static final List<Profile> PROFILES =
            List.of(Profile.MIXED, Profile.PLAIN, Profile.VLAN, Profile.FRAGMENTS, Profile.ERRORS);

    /** Any plan. */
    static Plan of(Chance chance, int number) {
        CaptureProgram program = chance.of(PROGRAMS);
        WriterSpec usual = WriterSpec.of(program);
        CaptureFormat format =
                usual.format()
                        .with(chance.oneIn(4) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                        .withNanos(chance.oneIn(4));
        boolean reuses = program == CaptureProgram.TCPDUMP_CW;
        int ring = reuses || chance.oneIn(2) ? chance.between(3, 8) : 0;
        // libpcap stops at the second section of raw IP: to it, 101 is not what the first one was.
        boolean pcapng = format.container() == CaptureFormat.Container.PCAPNG;
        TrafficSpec traffic =
                TrafficSpec.ofSeed(chance.seed())
                        .with(chance.of(PROFILES))
                        .with(chance.oneIn(3) ? FrameSizes.IMIX : FrameSizes.MIX)
                        .with(!pcapng && chance.oneIn(4) ? Link.RAW : Link.ETHERNET);
        WriterSpec writer =
                usual.with(format.withLinkType(traffic.link().number()))
                        .withPrefix(prefix(program, number))
                        .with(RollOver.bytes(chance.between(20_000, 400_000)))
                        .with(chance.of(List.of(FlushPolicy.values())))
                        .withRing(ring);
        return new Plan(writer, traffic, chance.between(50, 600));
    }

    private static String prefix(CaptureProgram program, int number) {
        return program == CaptureProgram.STENOGRAPHER
                ? program.prefix()
                : "s" + number + "x-" + program.prefix();
    }

    @Override
    public String toString() {
        return writer.program().title()
                + (writer.ring() > 0 ? " ring of " + writer.ring() : "")
                + ", "
                + writer.format().container()
                + ", flush "
                + writer.flush()
                + ", "
                + packetsPerSecond
                + "/s";
    }
}
