package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.fs.fuse.FuseMount;
import org.fusedpcap.fs.fuse.MountFailedException;
import org.fusedpcap.fs.options.MountOptions;
import org.fusedpcap.fs.options.OptionException;

/** The file systems that are mounted for real. */
final class FuseFileSystems implements FileSystems {

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
            try {
                return new Mounted(new FuseMount(source, mountPoint, options));
            } catch (IOException e) {
                throw CommandException.mountFailed(Errors.reason(e));
            }
        }
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
