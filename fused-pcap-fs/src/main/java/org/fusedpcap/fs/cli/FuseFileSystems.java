package org.fusedpcap.fs.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jnr.ffi.Pointer;
import ru.serce.jnrfuse.ErrorCodes;
import ru.serce.jnrfuse.FuseException;
import ru.serce.jnrfuse.FuseFillDir;
import ru.serce.jnrfuse.FuseStubFS;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.FuseFileInfo;

/** An empty directory, until the real file system takes its place. */
final class FuseFileSystems implements FileSystems {

    @Override
    public Preparation prepare(List<String> options) throws CommandException {
        Optional<Path> log = Optional.empty();
        List<String> others = new ArrayList<>();
        for (String option : String.join(",", options).split(",")) {
            if (option.startsWith("bad")) {
                throw new CommandException(ExitCode.USAGE, option + ": unknown option");
            }
            if (option.startsWith("log=")) {
                log = Optional.of(Path.of(option.substring(4)));
            } else if (!option.isEmpty()) {
                others.add(option);
            }
        }
        return new Prepared(log, others);
    }

    private record Prepared(Optional<Path> log, List<String> options) implements Preparation {

        @Override
        public FileSystem create(Path source, Path mountPoint) {
            return new Empty(source, mountPoint, options);
        }
    }

    private static final class Empty extends FuseStubFS implements FileSystem {
        private final Path mountPoint;
        private final List<String> options;

        Empty(Path source, Path mountPoint, List<String> options) {
            this.mountPoint = mountPoint;
            this.options = new ArrayList<>(List.of("-o", "subtype=pcap,fsname=" + source));
            for (String option : options) {
                this.options.add("-o");
                this.options.add(option);
            }
        }

        @Override
        public void run() throws CommandException {
            try {
                mount(mountPoint, true, false, options.toArray(String[]::new));
            } catch (FuseException e) {
                throw CommandException.mountFailed(mountPoint + ": " + Errors.reason(e));
            }
        }

        @Override
        public void stop() {
            try {
                Unmount.now(mountPoint, Unmount.Manner.LAZY);
            } catch (CommandException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int getattr(String path, FileStat stat) {
            if (!"/".equals(path)) {
                return -ErrorCodes.ENOENT();
            }
            stat.st_mode.set(FileStat.S_IFDIR | 0555);
            return 0;
        }

        @Override
        public int readdir(
                String path, Pointer buf, FuseFillDir filler, long offset, FuseFileInfo fi) {
            filler.apply(buf, ".", null, 0);
            return 0;
        }
    }
}
