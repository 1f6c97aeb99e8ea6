package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.fusedpcap.testkit.writer.CaptureProgram;
import org.fusedpcap.testkit.writer.FlushPolicy;
import org.fusedpcap.testkit.writer.RollOver;
import org.fusedpcap.testkit.writer.RollingCapture;
import org.fusedpcap.testkit.writer.WriterSpec;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Series in forms of their own, while they are written: tcpdump and tshark follow them, and four
 * processes share them, all at the same time.
 */
class LiveFormatsIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    @TempDir Path copies;

    private static final TrafficSpec TRAFFIC = TrafficSpec.ofSeed(11).with(Profile.PLAIN);
    private static final int FILE_PACKETS = 300;
    private static final int BEFORE = 2 * FILE_PACKETS + 50;
    private static final int PACKETS = 10 * FILE_PACKETS;

    /** In what form a series is. */
    enum Form {
        NANOSECONDS(CaptureFormat.PCAP.withNanos(true), Optional.empty()),
        BIG_ENDIAN(CaptureFormat.PCAP.with(ByteOrder.BIG_ENDIAN), Optional.empty()),
        PCAPNG(CaptureFormat.PCAPNG, Optional.empty()),
        ZSTD(CaptureFormat.PCAP, Optional.of(Packer.ZSTD));

        final CaptureFormat format;
        final Optional<Packer> packer;

        Form(CaptureFormat format, Optional<Packer> packer) {
            this.format = format;
            this.packer = packer;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeFollowedByToolsAndSharedOutByFour(Form form) throws IOException {
        Traffic traffic = new Traffic(TRAFFIC);
        RollingCapture capture = MOUNTED.closeLater(capture(form));
        Path first = write(capture, traffic, BEFORE, form);
        String start = form.packer.map(p -> p.packed(first)).orElse(first).getFileName() + "";
        RealReader tcpdump =
                MOUNTED.closeLater(
                        RealReader.tcpdump(
                                MOUNTED.mount(), name(start), copies.resolve("tcpdump")));
        RealReader tshark =
                MOUNTED.closeLater(
                        RealReader.tshark(
                                MOUNTED.mount(), name(start + ".."), copies.resolve("tshark")));
        ClusterMembers members = MOUNTED.closeLater(members("clustersize=4/" + start));
        while (capture.packets() < PACKETS) {
            write(capture, traffic, 100, form);
            // They read while it is written, not afterwards.
            long most = capture.bytes() * 3 / 4;
            tcpdump.awaitBehind(most);
            tshark.awaitBehind(most);
        }
        MOUNTED.end(capture.path().getFileName().toString());
        capture.close();

        Expectation expectation = Expectation.ofTraffic(TRAFFIC, capture.packets());
        tcpdump.awaitEnd();
        tshark.awaitEnd();
        tcpdump.assertRead(expectation);
        tshark.assertRead(expectation);
        for (Tool member : members.all()) {
            member.await().assertWhole();
        }
        assertThat(members.judge(expectation, Grouping.ofMode(0, false)).toString())
                .startsWith("ok");
    }

    private static String name(String file) {
        return MOUNTED.mount().path().relativize(MOUNTED.view(file)).toString();
    }

    private static RollingCapture capture(Form form) throws IOException {
        WriterSpec spec =
                WriterSpec.of(CaptureProgram.DAEMONLOGGER)
                        .with(form.format)
                        .with(FlushPolicy.PACKET)
                        .with(RollOver.packets(FILE_PACKETS));
        return new RollingCapture(MOUNTED.source(), spec, CaptureClock.wall());
    }

    /** Writes so many packets and packs what is finished; the first file that was written to. */
    private static Path write(RollingCapture capture, Traffic traffic, int packets, Form form)
            throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            capture.write(traffic);
            if (!files.contains(capture.path())) {
                files.add(capture.path());
                if (files.size() > 1 && form.packer.isPresent()) {
                    form.packer.get().pack(files.get(files.size() - 2));
                }
            }
        }
        return files.get(0);
    }

    private static ClusterMembers members(String stream) throws IOException {
        return ClusterMembers.start(4, "tcpdump", "-r", MOUNTED.view(stream).toString(), "-w", "-");
    }
}
