package org.fusedpcap.fs.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fusedpcap.fs.cli.MountRequest.Mode;

/**
 * What the launcher starts to serve a mount. It understands {@link MountCommand}'s arguments in the
 * one order that the launcher brings them into, {@code [--foreground|--fake|--verbose|-o OPTS]...
 * SRC MNT}, and does without picocli, whose classes no archive of classes takes: a fifth of the
 * time to the mount. Whatever is not in that form the launcher gives to {@link FusedPcap}.
 */
public final class MountDaemon {

    private static final String COMMAND = FusedPcap.NAME + " mount";

    private MountDaemon() {}

    /** Mounts, serves, and ends the JVM with an {@link ExitCode}. */
    public static void main(String... arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        try {
            request(arguments).run(new FuseFileSystems(), new StartReport(System.out));
            return ExitCode.OK;
        } catch (Exception | LinkageError e) {
            // The latter where a native library is missing or cannot be unpacked.
            Failure failure = Failure.of(COMMAND, e);
            System.err.print(failure.line() + "\n");
            return failure.exitCode();
        }
    }

    static MountRequest request(List<String> arguments) throws CommandException {
        int paths = arguments.size() - 2;
        if (paths < 0) {
            throw unknownForm(arguments);
        }
        List<String> options = new ArrayList<>();
        Set<Mode> modes = EnumSet.noneOf(Mode.class);
        Iterator<String> words = arguments.subList(0, paths).iterator();
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("-o") && words.hasNext()) {
                options.add(words.next());
            } else {
                modes.add(mode(word).orElseThrow(() -> unknownForm(arguments)));
            }
        }
        return new MountRequest(arguments.get(paths), arguments.get(paths + 1), options, modes);
    }

    private static Optional<Mode> mode(String word) {
        return switch (word) {
            case "--foreground" -> Optional.of(Mode.FOREGROUND);
            case "--fake" -> Optional.of(Mode.FAKE);
            case "--verbose" -> Optional.of(Mode.VERBOSE);
            default -> Optional.empty();
        };
    }

    private static CommandException unknownForm(List<String> arguments) {
        return new CommandException(
                ExitCode.INTERNAL, "not in the launcher's form: " + String.join(" ", arguments));
    }
}
