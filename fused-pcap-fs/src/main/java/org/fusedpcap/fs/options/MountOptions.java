package org.fusedpcap.fs.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a mount was asked for with {@code -o}, sorted by who acts on it. Immutable.
 *
 * @param stream what holds for every stream that no path level says otherwise for
 * @param fuse what is handed to libfuse, in the order given, as {@code name} or {@code name=value}
 *     without any escapes. {@code ro} is among them if it holds
 * @param readOnly whether {@code ro} was given (and no {@code rw} behind it): then the kernel lets
 *     nobody write, not even to {@code .end}
 * @param followLinks whether links that lead out of the source are followed
 * @param idle whether idle processors poll while readers catch up
 * @param log where the daemon writes its log, absolute; empty: wherever it does by itself
 */
public record MountOptions(
        StreamOptions stream,
        List<String> fuse,
        boolean readOnly,
        boolean followLinks,
        IdleProcessors idle,
        Optional<Path> log) {

    /** Options of ours that are no options of a stream. */
    static final List<String> OWN_NAMES = List.of("log", "follow_links", "idle");

    /** Copies the list. */
    public MountOptions {
        fuse = List.copyOf(fuse);
    }

    /**
     * Reads the arguments of one command line's {@code -o}, one or several; named twice, the last
     * one holds.
     *
     * @throws OptionException if an option is unknown, has a value it cannot have, or would break
     *     what is promised here
     */
    public static MountOptions parse(List<String> arguments) throws OptionException {
        MountOptionsDraft draft = new MountOptionsDraft();
        for (String argument : arguments) {
            for (OptionItem item : OptionText.split(argument)) {
                draft.add(item);
            }
        }
        return draft.finished();
    }

    /**
     * All of {@link #fuse()} as one argument behind libfuse's {@code -o}; nothing if there is none.
     */
    public String fuseArgument() {
        return fuse.stream().map(OptionText::escapeForFuse).collect(Collectors.joining(","));
    }

    /** All of them as one argument behind {@code -o}; nothing if all are as by default. */
    public String text() {
        List<String> all = new ArrayList<>();
        all.add(stream.levelOver(StreamOptions.DEFAULTS));
        if (followLinks) {
            all.add("follow_links");
        }
        if (idle != IdleProcessors.AUTO) {
            all.add("idle=" + Values.lowerCase(idle));
        }
        log.ifPresent(file -> all.add("log=" + file));
        all.addAll(fuse);
        return all.stream().filter(one -> !one.isEmpty()).collect(Collectors.joining(","));
    }

    /** What libfuse is given as value of an option, such as {@code uid}, if it is given one. */
    public Optional<String> fuseValue(String name) {
        return fuse.stream()
                .map(OptionItem::of)
                .filter(item -> item.name().equals(name))
                .map(OptionItem::value)
                .findFirst();
    }
}
