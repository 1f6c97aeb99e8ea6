package org.fusedpcap.testkit.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What people and their shells do in passing. Whether it succeeds does not matter. */
final class Looks {

    private final Chance chance;
    private final Path mount;

    Looks(Chance chance, Path mount) {
        this.chance = chance;
        this.mount = mount;
    }

    /** The command line of any of them. */
    List<String> any(Scene scene) throws IOException {
        String path = scene.somePath();
        String view = scene.view().toString();
        return switch (chance.below(9)) {
            case 0 -> List.of("ls", "-lR", mount.toString());
            case 1 -> List.of("ls", "-la", view);
            case 2 -> List.of("cat", mount + "/.status", mount + "/.metrics");
            case 3 -> List.of("cat", view + "/.last", view + "/.next", view + "/.abend");
            case 4 ->
                    List.of("stat", path, view + "/keepcache", view + "/clustersize=0", path + "x");
            case 5 -> List.of("bash", "-c", "exec 3<\"$1\"; exec 4<\"$1..\"", "bash", path);
            case 6 -> List.of("head", "-c", Integer.toString(chance.between(1, 5000)), path);
            case 7 -> {
                String name = path.substring(path.lastIndexOf('/') + 1);
                yield List.of("tail", "-c", "3000", path + ".." + name);
            }
            default -> List.of("df", view);
        };
    }
}
