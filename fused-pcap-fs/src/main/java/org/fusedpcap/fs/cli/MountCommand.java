package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fusedpcap.fs.cli.FileSystems.Preparation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mount}: mounts, and serves until the mount goes away or a signal says so. */
@Command(
        name = MountCommand.NAME,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Mounts a directory of captures; comes back when the mount answers.",
        sortOptions = false)
final class MountCommand implements Callable<Integer> {

    static final String NAME = "mount";

    @Parameters(index = "0", paramLabel = "SRC", description = "Directory that captures are in.")
    private String source;

    @Parameters(index = "1", paramLabel = "MNT", description = "Directory to show them in.")
    private String mountPoint;

    @Option(
            names = "-o",
            paramLabel = "OPTS",
            description = "Mount options, separated by commas; log=FILE says where to log.")
    private final List<String> options = new ArrayList<>();

    @Option(
            names = {"-f", "--foreground"},
            description = "Stay in the foreground, and log to the standard error.")
    private boolean foreground;

    @Option(names = "--fake", description = "Check everything, but do not mount.")
    private boolean fake;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say what is mounted where, and where the log is.")
    private boolean verbose;

    private final FileSystems fileSystems;
    private final StartReport report = new StartReport(System.out);

    MountCommand(FileSystems fileSystems) {
        this.fileSystems = fileSystems;
    }

    @Override
    public Integer call() throws CommandException {
        Preparation preparation = fileSystems.prepare(options);
        MountPaths paths = MountPaths.check(source, mountPoint);
        if (!fake) {
            startLog(paths.mountPoint(), preparation.log());
            serve(preparation, paths);
        }
        return ExitCode.OK;
    }

    private void startLog(Path mountPoint, Optional<Path> asked) throws CommandException {
        if (foreground && asked.isEmpty()) {
            LogConfigurator.toStandardError();
            return;
        }
        Path file = asked.orElseGet(() -> LogFile.of(mountPoint));
        try {
            LogFile.open(file);
            LogConfigurator.toFile(file);
            if (verbose) {
                report.note("logging to " + file);
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.SYSTEM, "cannot log to " + file + ": " + Errors.reason(e));
        }
    }

    private void serve(Preparation preparation, MountPaths paths) throws CommandException {
        Logger log = LoggerFactory.getLogger(MountCommand.class);
        log.info("{}: mounting {} on {}", Version.line(), paths.source(), paths.mountPoint());
        if (verbose) {
            report.note("mounting " + paths.source() + " on " + paths.mountPoint());
        }
        if (!foreground) {
            report.mounting(paths.mountPoint());
        }
        new Serving(preparation.create(paths.source(), paths.mountPoint())).run();
        log.info("{} is unmounted", paths.mountPoint());
    }
}
