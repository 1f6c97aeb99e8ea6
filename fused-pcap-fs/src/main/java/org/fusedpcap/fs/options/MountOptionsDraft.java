package org.fusedpcap.fs.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link MountOptions} while they are being put together. Not thread-safe. */
final class MountOptionsDraft {

    private final StreamOptionsDraft stream = new StreamOptionsDraft(StreamOptions.DEFAULTS);

    /** By name, because libfuse adds up some options that are given twice. */
    private final Map<String, OptionItem> fuse = new LinkedHashMap<>();

    private boolean readOnly;
    private boolean followLinks;
    private IdleProcessors idle = IdleProcessors.AUTO;
    private Optional<Path> log = Optional.empty();

    void add(OptionItem item) throws OptionException {
        Optional<StreamOption> ofStream = StreamOption.named(item.name());
        if (ofStream.isPresent()) {
            ofStream.get().set(stream, item);
        } else if (!addOwn(item)) {
            addForeign(item);
        }
    }

    private boolean addOwn(OptionItem item) throws OptionException {
        switch (item.name()) {
            case "ro", "rw" -> readOnly = flag(item).equals("ro");
            case "follow_links" -> followLinks = !flag(item).isEmpty();
            case "idle" -> idle = idle(item);
            case "log" -> log = Optional.of(logPath(item));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String flag(OptionItem item) throws OptionException {
        if (!item.bare()) {
            throw OptionException.unexpectedValue(item.name(), item.value());
        }
        return item.name();
    }

    private static IdleProcessors idle(OptionItem item) throws OptionException {
        try {
            return Values.constant(IdleProcessors.class, item.value());
        } catch (IllegalArgumentException e) {
            throw OptionException.badValue(item.name(), item.value(), "auto, poll or halt");
        }
    }

    private static Path logPath(OptionItem item) throws OptionException {
        try {
            return Values.absolutePath(item.value());
        } catch (IllegalArgumentException e) {
            throw OptionException.badValue(item.name(), item.value(), "an absolute path of a file");
        }
    }

    private void addForeign(OptionItem item) throws OptionException {
        Optional<ForeignOption> foreign = ForeignOption.named(item.name());
        if (foreign.isEmpty()) {
            throw OptionException.unknownName(item.name(), hint(item.name()));
        }
        foreign.get().check(item);
        if (foreign.get().use().isPassedOn()) {
            fuse.remove(item.name());
            fuse.put(item.name(), item);
        }
    }

    private static String hint(String name) {
        List<String> ours =
                Stream.concat(StreamOptions.names().stream(), MountOptions.OWN_NAMES.stream())
                        .toList();
        List<String> all = Stream.concat(ours.stream(), ForeignOption.names().stream()).toList();
        return Suggestion.nearest(name, all)
                .orElseGet(() -> Suggestion.listOf(ours) + ", and those of mount(8) and FUSE");
    }

    MountOptions finished() throws OptionException {
        if (fuse.containsKey("allow_other") && fuse.containsKey("allow_root")) {
            throw OptionException.notAllowed(
                    "allow_root", "allow_other is given too, and lets in root and all others");
        }
        List<String> passed = new ArrayList<>();
        fuse.values().forEach(item -> passed.add(fuseText(item)));
        if (readOnly) {
            passed.add("ro");
        }
        return new MountOptions(stream.finished(), passed, readOnly, followLinks, idle, log);
    }

    /** The kernel, which gets a security context from libfuse as it is, needs its quotes back. */
    private static String fuseText(OptionItem item) {
        return item.name().endsWith("context")
                ? item.name() + "=\"" + item.value() + "\""
                : item.text();
    }
}
