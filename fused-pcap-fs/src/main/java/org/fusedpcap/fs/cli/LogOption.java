package org.fusedpcap.fs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes {@code log=FILE} out of the mount options; it is of no concern to the file system.
 *
 * @param file the last one named
 * @param others all other options, in order
 */
record LogOption(Optional<String> file, List<String> others) {

    private static final String PREFIX = "log=";

    /**
     * @param options what followed each {@code -o}, each a list {@code a=1,b=2}
     * @throws CommandException the file's name is empty
     */
    static LogOption split(List<String> options) throws CommandException {
        Optional<String> file = Optional.empty();
        List<String> others = new ArrayList<>();
        for (String option : String.join(",", options).split(",")) {
            if (option.startsWith(PREFIX)) {
                file = Optional.of(option.substring(PREFIX.length()));
            } else if (!option.isEmpty()) {
                others.add(option);
            }
        }
        if (file.isPresent() && file.get().isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "option log: needs the name of a file");
        }
        return new LogOption(file, List.copyOf(others));
    }
}
