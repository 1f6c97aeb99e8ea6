package org.fusedpcap.testkit.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.fusedpcap.testkit.soak.Soak;
import org.fusedpcap.testkit.soak.SoakReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code soak}: uses a mount in every way at once for a while, and judges it. */
@Command(
        name = "soak",
        sortOptions = false,
        description = "Uses a mount in every way at once, and judges what comes of it.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all was as promised",
            "1:it was not",
            "2:the command line makes no sense"
        })
public final class SoakCommand implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = "--seconds", required = true, description = "How long.")
    private int seconds;

    @Option(names = "--seed", required = true, description = "Where all chance comes from.")
    private long seed;

    @Option(names = "--daemon", required = true, description = "Process id of the daemon.")
    private long daemon;

    @Option(names = "--log", required = true, description = "The daemon's log.")
    private Path log;

    @Option(names = "--work", required = true, description = "A directory for small files.")
    private Path work;

    @Parameters(index = "0", paramLabel = "SRC", description = "The mounted directory, empty.")
    private Path source;

    @Parameters(index = "1", paramLabel = "MNT", description = "Where it is mounted.")
    private Path mount;

    /** Runs the command alone. */
    public static void main(String[] arguments) {
        Commands.main(new SoakCommand(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        PrintStream out = System.out;
        SoakReport report =
                new Soak(seed, source, mount, daemon, log, work, out)
                        .run(Duration.ofSeconds(seconds));
        out.println(report.countText());
        out.println();
        out.println(report.sampleText());
        Files.write(work.resolve("samples"), report.sampleLines());
        out.println(report.faults() + " faults");
        return report.faults() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
