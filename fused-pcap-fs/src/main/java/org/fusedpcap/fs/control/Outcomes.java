package org.fusedpcap.fs.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.fusedpcap.fs.options.names.ControlName;
import org.fusedpcap.fs.options.names.ControlName.Kind;

/**
 * What has happened in a directory: {@code .last}, {@code .next} and {@code .abend}. Not
 * thread-safe: {@link ControlFiles} guards it.
 */
final class Outcomes {

    private record Segments(String last, String next, Instant when) {}

    private record Leavers(Set<Integer> pids, Instant when) {}

    private final BoundedMap<Integer, Segments> ofProcesses =
            new BoundedMap<>(ControlFiles.MOST_PROCESSES);

    private Optional<Segments> ofAll = Optional.empty();

    private final BoundedMap<String, Leavers> ofClusters =
            new BoundedMap<>(ControlFiles.MOST_PROCESSES);

    void ended(int pid, String last, String next, Instant when) {
        Segments segments = new Segments(last, next, when);
        if (pid > 0) {
            ofProcesses.put(pid, segments);
        } else {
            ofAll = Optional.of(segments);
        }
    }

    void left(String cluster, Set<Integer> pids, Instant when) {
        Leavers before = ofClusters.get(cluster);
        Set<Integer> all = Collections.newSetFromMap(new BoundedMap<>(ControlFiles.MOST_PROCESSES));
        all.addAll(before == null ? Set.of() : before.pids());
        all.addAll(pids);
        ofClusters.put(cluster, new Leavers(all, when));
    }

    void forget(String cluster) {
        ofClusters.remove(cluster);
    }

    Optional<ControlFile> find(ControlName name) {
        return switch (name.kind()) {
            case LAST -> segments(name).map(s -> ControlFile.line(name, s.last(), s.when()));
            case NEXT -> segments(name).map(s -> ControlFile.line(name, s.next(), s.when()));
            case ABEND -> abend();
            case END, STATUS, METRICS -> Optional.empty();
        };
    }

    private Optional<Segments> segments(ControlName name) {
        return name.isForProcess() ? Optional.ofNullable(ofProcesses.get(name.pid())) : ofAll;
    }

    private Optional<ControlFile> abend() {
        String lines =
                ofClusters.values().stream()
                        .flatMap(leavers -> leavers.pids().stream())
                        .distinct()
                        .map(pid -> pid + "\n")
                        .collect(Collectors.joining());
        return ofClusters.values().stream()
                .map(Leavers::when)
                .reduce((earlier, later) -> later)
                .map(when -> new ControlFile(ControlName.of(Kind.ABEND), lines, when));
    }

    List<ControlFile> list() {
        List<ControlName> names = new ArrayList<>();
        names.add(ControlName.of(Kind.LAST));
        names.add(ControlName.of(Kind.NEXT));
        for (int pid : ofProcesses.keySet()) {
            names.add(new ControlName(Kind.LAST, pid));
            names.add(new ControlName(Kind.NEXT, pid));
        }
        names.add(ControlName.of(Kind.ABEND));
        return names.stream().flatMap(name -> find(name).stream()).toList();
    }
}
