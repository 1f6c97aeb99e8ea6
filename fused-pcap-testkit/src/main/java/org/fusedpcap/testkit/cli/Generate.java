package org.fusedpcap.testkit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.testkit.traffic.Traffic;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fused-pcap generate}: plays a capture program. */
@Command(
        name = "generate",
        sortOptions = false,
        description = {
            "Writes rolling captures into DIR as a capture program does.",
            "",
            "Each frame carries a marker with its number, so that 'judge' can tell what a reader"
                    + " of the captures got."
        },
        footer = {
            "",
            "The last line says what was written, also when SIGINT or SIGTERM ended it:",
            "  wrote 120000 packets, 94371840 bytes, 9 files",
            "",
            "Examples:",
            "  generate --files 10 --file-size 100M /data/eth0",
            "  generate --live --writer tcpdump-C --rate 5000pps --ring 10 /data/eth0",
            "  generate --live --rate 100mbit --duration 60s --flush packet /data/eth0"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all was written",
            "1:it could not be written",
            "2:the command line makes no sense",
            "130, 143:SIGINT or SIGTERM ended it"
        })
public final class Generate implements Callable<Integer> {

    private static final Rate NOMINAL = new Rate(100_000, false);
    private static final long FAREWELL_SECONDS = 10;

    @Spec private CommandSpec command;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Parameters(paramLabel = "DIR", description = "Where to; made if it is not there.")
    private Path directory;

    @Option(
            names = "--live",
            description =
                    "Packets come at their time and have the time of the clock; without a limit it"
                            + " goes on until SIGINT or SIGTERM. Otherwise files are written as"
                            + " fast as it goes, with times from 2026-11-22 10:11:12 UTC on.")
    private boolean live;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            converter = Rate.Converter.class,
            description =
                    "Such as 5000pps, 20kpps, 100mbit. Default: as fast as it goes with --live,"
                            + " else 100kpps by the packets' times.")
    private Optional<Rate> rate;

    @Option(names = "--packets", paramLabel = "N", description = "Stop after N packets.")
    private long packets;

    @Option(names = "--files", paramLabel = "N", description = "Stop when the Nth file is full.")
    private long files;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Span.class,
            description = "Stop after this time. ms, s, m, h.")
    private Optional<Duration> duration;

    @Option(
            names = "--torn",
            paramLabel = "BYTES",
            description =
                    "Leave the last BYTES bytes of the last file out, as a killed writer does.")
    private int torn;

    @Mixin private WriterOptions writer;

    @Mixin private TrafficOptions traffic;

    /** Runs the command alone. */
    public static void main(String[] arguments) {
        Commands.main(new Generate(), arguments);
    }

    @Override
    public Integer call() {
        Limits limits = limits();
        try {
            Files.createDirectories(directory);
            run(limits);
            return CommandLine.ExitCode.OK;
        } catch (FileSystemException e) {
            return fail(e.getFile() + ": " + Commands.reason(e));
        } catch (IOException | UncheckedIOException e) {
            return fail(directory + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private Limits limits() {
        Limits limits = new Limits(packets, files, duration.map(Duration::toNanos).orElse(0L));
        if (limits.isNone() && !live) {
            throw new ParameterException(
                    command.commandLine(),
                    "say how much: --packets, --files or --duration (or --live)");
        }
        return limits;
    }

    private int fail(String text) {
        command.commandLine().getErr().println("generate: " + text);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private void run(Limits limits) throws IOException {
        Generation generation =
                new Generation(
                        directory,
                        writer.spec(live, traffic.spec().link()),
                        limits,
                        rate.orElse(live ? Rate.UNLIMITED : NOMINAL),
                        live,
                        new ProgressBar(System.err, Terminal.isStderr()));
        CountDownLatch ended = new CountDownLatch(1);
        Thread onSignal = new Thread(() -> stop(generation, ended), "generate-end");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            generation.run(new Traffic(traffic.spec()), torn);
            command.commandLine().getOut().println(generation.summary());
            command.commandLine().getOut().flush();
        } finally {
            ended.countDown();
            forget(onSignal);
        }
    }

    private static void stop(Generation generation, CountDownLatch ended) {
        generation.stop();
        try {
            ended.await(FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal is here already, and the hook is what waits for us.
        }
    }
}
