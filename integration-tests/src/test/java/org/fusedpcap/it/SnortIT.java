package org.fusedpcap.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.ZoneOffset;
import java.util.Optional;
import org.fusedpcap.it.capture.Snort;
import org.fusedpcap.it.capture.Source;
import org.fusedpcap.it.machine.Machine;
import org.fusedpcap.it.machine.Machines;
import org.fusedpcap.it.machine.Program;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Skipped, and said so in the summary, where the image could not be given a snort. */
@ExtendWith(Machines.class)
class SnortIT {

    private static final String NONE = "no snort in the image of tools";

    @Test
    void shouldAlertOncePerPacketOfFollowedStream(Machine machine) {
        Snort snort = snort(machine);
        Source source = Source.ofUdp(machine).begun(machine);
        Program program = snort.start(Source.FOLLOWED);
        program.awaitRead(source.begunBytes());
        source.finish(machine);
        assertAlerted(source, program);
        machine.unmount();
    }

    @Test
    void shouldAlertOncePerPacketOfRange(Machine machine) {
        Snort snort = snort(machine);
        Source source = Source.ofUdp(machine).mounted(machine);
        assertAlerted(source, snort.start(Source.RANGE));
        machine.unmount();
    }

    private static Snort snort(Machine machine) {
        Optional<Snort> snort = Snort.of(machine);
        assumeTrue(snort.isPresent(), NONE);
        return snort.orElseThrow();
    }

    private static void assertAlerted(Source source, Program snort) {
        snort.awaitSuccess();
        int year = CaptureClock.START.atOffset(ZoneOffset.UTC).getYear();
        assertThat(Snort.alerts(snort, year)).isEqualTo(source.micros());
        assertThat(Snort.analyzed(snort)).contains(source.packets());
    }
}
