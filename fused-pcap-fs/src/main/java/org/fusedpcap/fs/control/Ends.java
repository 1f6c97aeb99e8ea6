package org.fusedpcap.fs.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.fusedpcap.fs.options.names.ControlName;

/** The {@code .end} files of a directory. Not thread-safe: {@link ControlFiles} guards it. */
final class Ends {

    private record End(Optional<EndPattern> pattern, Instant modified) {}

    private final BoundedMap<ControlName, End> ofProcesses =
            new BoundedMap<>(ControlFiles.MOST_PROCESSES);

    /** Apart from the others, so that none of them pushes it out. */
    private final BoundedMap<ControlName, End> ofAll = new BoundedMap<>(1);

    private BoundedMap<ControlName, End> among(ControlName name) {
        return name.isForProcess() ? ofProcesses : ofAll;
    }

    void create(ControlName name, Instant now) {
        if (!among(name).containsKey(name)) {
            among(name).put(name, new End(Optional.empty(), now));
        }
    }

    void set(ControlName name, EndPattern pattern, Instant now) {
        among(name).put(name, new End(Optional.of(pattern), now));
    }

    boolean remove(ControlName name) {
        return among(name).remove(name) != null;
    }

    /** Forgets a file that was created, and then got no pattern. */
    void removeIfEmpty(ControlName name) {
        if (pattern(name).isEmpty()) {
            among(name).remove(name);
        }
    }

    Set<Integer> processes() {
        return ofProcesses.keySet().stream().map(ControlName::pid).collect(Collectors.toSet());
    }

    boolean removeProcesses(Set<Integer> pids) {
        return ofProcesses.keySet().removeIf(name -> pids.contains(name.pid()));
    }

    Optional<EndPattern> pattern(ControlName name) {
        return Optional.ofNullable(among(name).get(name)).flatMap(End::pattern);
    }

    /** The files that count for a reader: those of its processes, or else the one for all. */
    List<ControlName> countingFor(Collection<Integer> pids) {
        List<ControlName> own =
                pids.stream()
                        .filter(pid -> pid > 0)
                        .map(pid -> new ControlName(ControlName.Kind.END, pid))
                        .filter(name -> pattern(name).isPresent())
                        .toList();
        return own.isEmpty() ? List.of(ControlName.of(ControlName.Kind.END)) : own;
    }

    Optional<ControlFile> find(ControlName name) {
        return Optional.ofNullable(among(name).get(name)).map(end -> file(name, end));
    }

    List<ControlFile> list() {
        List<ControlFile> files = new ArrayList<>();
        ofAll.forEach((name, end) -> files.add(file(name, end)));
        ofProcesses.forEach((name, end) -> files.add(file(name, end)));
        return files;
    }

    private static ControlFile file(ControlName name, End end) {
        String line = end.pattern().map(p -> p.wildcard().pattern()).orElse("");
        return ControlFile.line(name, line, end.modified());
    }
}
