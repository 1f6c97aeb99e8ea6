package org.fusedpcap.fs.options.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.fusedpcap.fs.options.StreamOptions;

/** Any text as a path: one target, never outside the source, and found again by its own path. */
public final class PathFuzz {

    private static final Set<String> FILES =
            Set.of("a", "b", "a..b", "eth0.pcap.1", "x.", "sub/a", "sub/b", "sub/..x");
    private static final Set<String> DIRECTORIES = Set.of("", "sub", "clustersize=4");
    private static final PathGrammar GRAMMAR =
            new PathGrammar(PathFuzz::kind, PathFuzz::level, StreamOptions.DEFAULTS);

    private PathFuzz() {}

    private static Entries.Kind kind(Path relative) {
        assertThat(relative.isAbsolute()).isFalse();
        assertThat(relative.normalize()).isEqualTo(relative);
        String name = relative.toString();
        if (FILES.contains(name)) {
            return Entries.Kind.FILE;
        }
        return DIRECTORIES.contains(name) ? Entries.Kind.DIRECTORY : Entries.Kind.NONE;
    }

    private static Optional<String> level(long id) {
        return id < 9 ? Optional.of("keepcache,blockslack=" + (id + 1)) : Optional.empty();
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String path = new String(input, StandardCharsets.UTF_8);
        Target target = GRAMMAR.parse(path);
        assertThat(GRAMMAR.parse(path)).isEqualTo(target);
        if (target instanceof Target.Found found) {
            Path directory = found.place().directory();
            assertThat(directory.isAbsolute()).isFalse();
            assertThat(directory.startsWith("..")).isFalse();
            assertThat(directory.normalize()).isEqualTo(directory);
            if (!isShadowed(found.place())) {
                assertFoundAgain(GRAMMAR.format(found));
            }
        } else if (target instanceof Target.Refused refused) {
            assertThat(refused.reason().lines()).hasSize(1);
        } else if (target instanceof Target.Missing missing) {
            assertThat(missing.reason().lines()).hasSize(1);
        }
    }

    /** A directory has the name that its options are written by: what is there, goes before. */
    private static boolean isShadowed(Place place) {
        String level = place.options().levelOver(StreamOptions.DEFAULTS);
        return !level.isEmpty()
                && DIRECTORIES.contains(place.directory().resolve(level).toString());
    }

    private static void assertFoundAgain(String own) {
        assertThat(GRAMMAR.parse(own)).isInstanceOf(Target.Found.class);
        assertThat(GRAMMAR.format((Target.Found) GRAMMAR.parse(own))).isEqualTo(own);
    }
}
