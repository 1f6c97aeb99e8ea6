package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Does things as a user without any rights, which takes root. */
final class Nobody {

    static final int UID = 65_534;

    private Nobody() {}

    /** The command line that runs another one as that user. */
    static List<String> command(List<String> command) {
        List<String> all = new ArrayList<>();
        all.add("setpriv");
        all.addAll(List.of("--reuid=" + UID, "--regid=" + UID, "--clear-groups"));
        all.addAll(command);
        return all;
    }

    /**
     * The command line that runs another one as that user where he may use FUSE. What is unmounted
     * outside is unmounted there, too; it would stay busy otherwise.
     *
     * @param devices an empty directory
     */
    static List<String> inNamespaceWithFuse(Path devices, List<String> command) {
        String prepare =
                "mount -t tmpfs -o mode=755,dev none %1$s && mknod -m 666 %1$s/fuse c 10 229"
                        + " && mount --bind %1$s/fuse /dev/fuse && exec \"$@\"";
        List<String> all = new ArrayList<>();
        all.addAll(List.of("unshare", "--mount", "--propagation", "slave"));
        all.addAll(List.of("bash", "-c", prepare.formatted(devices), "prepare"));
        all.addAll(command(command));
        return all;
    }

    /** The command line that runs a line of shell in the root of a mount of that user. */
    static List<String> command(String line, Mount mount) {
        List<String> all = new ArrayList<>(inNamespaceOf(mount));
        all.addAll(command(List.of("bash", "-c", "cd '" + mount.path() + "' && " + line)));
        return all;
    }

    /** What is put before a command to run it where a mount is. */
    static List<String> inNamespaceOf(Mount mount) {
        return List.of("nsenter", "--target", "" + mount.process().pid(), "--mount");
    }

    /** Runs a line of shell to its end. */
    static Tool.Result shell(String line) throws IOException {
        return run(command(List.of("bash", "-c", line)));
    }

    /** Runs a line of shell in the root of a mount of that user to its end. */
    static Tool.Result shell(String line, Mount mount) throws IOException {
        return run(command(line, mount));
    }

    private static Tool.Result run(List<String> command) throws IOException {
        try (Tool tool = Tool.start(command)) {
            return tool.await();
        }
    }
}
