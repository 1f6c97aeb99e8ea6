package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Unmounts with the system's own tools: umount(8) for root, fusermount(1) for everybody else. */
final class Unmount {

    /** What happens while somebody uses the mount. */
    enum Manner {
        /** It fails. */
        STRICT,
        /** The mount leaves the tree at once, and ends with its last user. */
        LAZY
    }

    private Unmount() {}

    /**
     * @param mountPoint absolute
     * @throws CommandException with what the tool said
     */
    static void now(Path mountPoint, Manner manner) throws CommandException {
        try {
            Process tool =
                    new ProcessBuilder(command(mountPoint, manner))
                            .redirectErrorStream(true)
                            .start();
            tool.getOutputStream().close();
            String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (tool.waitFor() != 0) {
                throw CommandException.mountFailed(Errors.oneLine(said));
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.SYSTEM, Errors.reason(e));
        } catch (InterruptedException e) {
            throw new CommandException(ExitCode.INTERRUPTED, "interrupted");
        }
    }

    private static List<String> command(Path mountPoint, Manner manner) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // -i: no helper of another program for this type.
            command.addAll(List.of("umount", "-i"));
            if (manner == Manner.LAZY) {
                command.add("-l");
            }
        } else {
            command.addAll(List.of("fusermount", "-u"));
            if (manner == Manner.LAZY) {
                command.add("-z");
            }
        }
        command.add("--");
        command.add(mountPoint.toString());
        return command;
    }
}
