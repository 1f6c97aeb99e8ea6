package org.fusedpcap.it.capture;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fusedpcap.it.machine.Machine;
import org.fusedpcap.it.machine.Program;
import org.testcontainers.containers.Container.ExecResult;

/**
 * The snort of a machine, 2.9 or 3, with a rule that fires for each marked packet. Both write a
 * line per alert that begins with the packet's time.
 *
 * @param machine where it is
 * @param version its version, such as 2.9.20
 */
public record Snort(Machine machine, String version) {

    private static final String SETTINGS = "/work/snort";
    private static final Pattern VERSION = Pattern.compile("Version (\\d+(\\.\\d+)+)");
    private static final Pattern ALERT =
            Pattern.compile("^(\\d\\d)/(\\d\\d)-([\\d:]+\\.\\d{6})\\s+\\[\\*\\*] \\[1:1000001:1]");
    private static final Pattern ANALYZED = Pattern.compile("(?m)^\\s*[Aa]nalyzed:\\s+(\\d+)");

    /** The one that the image has, if it has one. */
    public static Optional<Snort> of(Machine machine) {
        ExecResult result = machine.tryRun("snort", "-V");
        Matcher matcher = VERSION.matcher(result.getStdout() + result.getStderr());
        if (!matcher.find()) {
            return Optional.empty();
        }
        machine.put(Path.of("src/test/resources/snort"), SETTINGS);
        return Optional.of(new Snort(machine, matcher.group(1)));
    }

    /** Starts to read a capture. */
    public Program start(String capture) {
        String rules = SETTINGS + "/marker.rules";
        return version.startsWith("2.")
                ? machine.start(
                        "snort",
                        "snort",
                        "-k",
                        "none",
                        "-A",
                        "console",
                        "-l",
                        Machine.GOT,
                        "-c",
                        rules,
                        "-r",
                        capture)
                : machine.start(
                        "snort",
                        "snort",
                        "-k",
                        "none",
                        "-A",
                        "alert_fast",
                        "-l",
                        Machine.GOT,
                        "-R",
                        rules,
                        "-r",
                        capture);
    }

    /** When the packets were captured that it has alerted on, in microseconds since 1970. */
    public static List<Long> alerts(Program snort, int year) {
        return snort.output()
                .lines()
                .map(ALERT::matcher)
                .filter(Matcher::find)
                .map(alert -> micros(year, alert))
                .toList();
    }

    private static long micros(int year, Matcher alert) {
        String text = year + "-" + alert.group(1) + "-" + alert.group(2) + "T" + alert.group(3);
        LocalDateTime time = LocalDateTime.parse(text, DateTimeFormatter.ISO_LOCAL_DATE_TIME);
        return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
    }

    /** How many packets it says it has looked at. */
    public static Optional<Long> analyzed(Program snort) {
        Matcher matcher = ANALYZED.matcher(snort.output() + snort.errors());
        return matcher.find() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }
}
