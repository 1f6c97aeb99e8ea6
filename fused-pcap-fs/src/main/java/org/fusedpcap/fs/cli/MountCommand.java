package org.fusedpcap.fs.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.fusedpcap.fs.cli.MountRequest.Mode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mount}: mounts, and serves until the mount goes away or a signal says so. */
@Command(
        name = "mount",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Mounts a directory of captures; comes back when the mount answers.",
        sortOptions = false)
final class MountCommand implements Callable<Integer> {

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

    MountCommand(FileSystems fileSystems) {
        this.fileSystems = fileSystems;
    }

    @Override
    public Integer call() throws CommandException {
        new MountRequest(source, mountPoint, options, modes())
                .run(fileSystems, new StartReport(System.out));
        return ExitCode.OK;
    }

    private Set<Mode> modes() {
        Set<Mode> modes = EnumSet.noneOf(Mode.class);
        if (foreground) {
            modes.add(Mode.FOREGROUND);
        }
        if (fake) {
            modes.add(Mode.FAKE);
        }
        if (verbose) {
            modes.add(Mode.VERBOSE);
        }
        return modes;
    }
}
