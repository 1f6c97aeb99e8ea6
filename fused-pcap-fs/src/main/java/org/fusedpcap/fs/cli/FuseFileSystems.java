package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.fs.fuse.FuseMount;
import org.fusedpcap.fs.fuse.MountFailedException;
import org.fusedpcap.fs.options.MountOptions;
import org.fusedpcap.fs.options.OptionException;

/** The file systems that are mounted for real. */
final class FuseFileSystems implements FileSystems {

    /** By this name libfuse asks for its device. */
    private static final Path DEVICE = Path.of("/dev/fuse");

    /** What is in each message about this library, and in none about another one. */
    private static final String LIBRARY = "libfuse";

    @Override
    public Preparation prepare(List<String> options) throws CommandException {
        try {
            return new Prepared(MountOptions.parse(options));
        } catch (OptionException e) {
            throw new CommandException(ExitCode.USAGE, e.getMessage());
        }
    }

    private record Prepared(MountOptions options) implements Preparation {

        @Override
        public Optional<Path> log() {
            return options.log();
        }

        @Override
        public FileSystem create(Path source, Path mountPoint) throws CommandException {
            requireDevice();
            try {
                return new Mounted(new FuseMount(source, mountPoint, options));
            } catch (IOException e) {
                throw CommandException.mountFailed(Errors.reason(e));
            } catch (UnsatisfiedLinkError e) {
                throw withoutLibrary(e);
            }
        }
    }

    private static void requireDevice() throws CommandException {
        if (Files.notExists(DEVICE)) {
            throw new CommandException(
                    ExitCode.SYSTEM,
                    "there is no "
                            + DEVICE
                            + " here (modprobe fuse; to a container, give: --device "
                            + DEVICE
                            + " --cap-add SYS_ADMIN)");
        }
    }

    private static CommandException withoutLibrary(UnsatisfiedLinkError cause) {
        String message = String.valueOf(cause.getMessage());
        if (!message.contains(LIBRARY)) {
            throw cause;
        }
        // Its other lines are all places where it was looked for.
        String why = message.lines().findFirst().orElse(message);
        return new CommandException(
                ExitCode.SYSTEM,
                "cannot load libfuse 2: " + why + " (apt-get install libfuse2 fuse3)");
    }

    private record Mounted(FuseMount mount) implements FileSystem {

        @Override
        public void run() throws CommandException {
            try {
                mount.run();
            } catch (MountFailedException e) {
                throw CommandException.mountFailed(e.getMessage());
            }
        }

        @Override
        public void stop() {
            mount.stop();
        }
    }
}
