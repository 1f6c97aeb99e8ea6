package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fusedpcap.fs.cli.FileSystems.Preparation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One mount, as it was asked for.
 *
 * @param source as the user named it
 * @param mountPoint as the user named it
 * @param options what followed each {@code -o}, in order
 * @param modes how it is to be done
 */
record MountRequest(String source, String mountPoint, List<String> options, Set<Mode> modes) {

    /** How a mount is done. */
    enum Mode {
        /** Logs to the standard error, unless told otherwise. */
        FOREGROUND,
        /** Checks everything, and does not mount. */
        FAKE,
        /** Says what is mounted, and where the log is. */
        VERBOSE
    }

    /**
     * Mounts, and serves until the unmount.
     *
     * @param report whom to tell how far it is
     * @throws CommandException it was not mounted
     */
    void run(FileSystems fileSystems, StartReport report) throws CommandException {
        Preparation preparation = fileSystems.prepare(options);
        MountPaths paths = MountPaths.check(source, mountPoint);
        if (!modes.contains(Mode.FAKE)) {
            startLog(paths.mountPoint(), preparation.log(), report);
            serve(preparation, paths, report);
        }
    }

    private void startLog(Path place, Optional<Path> asked, StartReport report)
            throws CommandException {
        if (modes.contains(Mode.FOREGROUND) && asked.isEmpty()) {
            LogConfigurator.toStandardError();
            return;
        }
        Path file = asked.orElseGet(() -> LogFile.of(place));
        try {
            LogFile.open(file);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.SYSTEM, "cannot log to " + file + ": " + Errors.reason(e));
        }
        LogConfigurator.toFile(file);
        if (modes.contains(Mode.VERBOSE)) {
            report.note("logging to " + file);
        }
    }

    private void serve(Preparation preparation, MountPaths paths, StartReport report)
            throws CommandException {
        Logger log = LoggerFactory.getLogger(MountRequest.class);
        log.info("{}: mounting {} on {}", Version.line(), paths.source(), paths.mountPoint());
        if (modes.contains(Mode.VERBOSE)) {
            report.note("mounting " + paths.source() + " on " + paths.mountPoint());
        }
        if (!modes.contains(Mode.FOREGROUND)) {
            report.mounting(paths.mountPoint());
        }
        new Serving(preparation.create(paths.source(), paths.mountPoint())).run();
    }
}
