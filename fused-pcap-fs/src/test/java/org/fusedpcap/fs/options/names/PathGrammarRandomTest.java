package org.fusedpcap.fs.options.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.fusedpcap.fs.options.StreamOptions;
import org.junit.jupiter.api.Test;

class PathGrammarRandomTest {

    private static final List<String> FILES =
            List.of("a", "b", "a..b", "b..", "x.", "eth0.pcap.1", "name=v", "a b", "ä", "x\ny");

    private static final List<String> PIECES =
            List.of(
                    "a",
                    "b",
                    "x.",
                    "sub",
                    "..",
                    "..",
                    ".",
                    "/",
                    "/",
                    "/",
                    "/",
                    "=",
                    ",",
                    "\\",
                    "\"",
                    "clustersize=4",
                    "clustersize=0",
                    "keepcache",
                    "order=",
                    "mtime",
                    "filematch=",
                    "*",
                    ".p",
                    ".p/1",
                    "/.p/2/",
                    "17",
                    ".end",
                    ".end.",
                    ".last",
                    "\0",
                    "\n",
                    "\uD800",
                    "😀",
                    " ",
                    "foo",
                    "eth0.pcap.1");

    private static final Listing SOURCE = source();

    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    PathGrammarRandomTest() {
        System.out.println("seed " + seed);
    }

    private static Listing source() {
        return Listing.of(
                Stream.of("", "sub/", "sub/deep/")
                        .flatMap(
                                directory ->
                                        Stream.concat(
                                                FILES.stream().map(file -> directory + file),
                                                Stream.of(directory)))
                        .filter(entry -> !entry.isEmpty())
                        .toArray(String[]::new));
    }

    private static PathGrammar grammar(StreamOptions mountOptions) {
        return new PathGrammar(
                SOURCE,
                id -> id < 9 ? Optional.of("keepcache,blockslack=" + (id + 1)) : Optional.empty(),
                mountOptions);
    }

    @Test
    void shouldHaveOneTargetForAnyPathAndNeverLeaveTheSource() {
        PathGrammar grammar = grammar(StreamOptions.DEFAULTS);
        for (int i = 0; i < 100_000; i++) {
            String path = path();
            Target target = grammar.parse(path);
            assertThat(grammar.parse(path)).as("seed %d: %s", seed, path).isEqualTo(target);
            if (target instanceof Target.Found found) {
                Path directory = found.place().directory();
                assertThat(directory).as("seed %d: %s", seed, path).isRelative();
                assertThat(directory.normalize()).isEqualTo(directory);
            }
        }
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
            path.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return path.toString();
    }

    @Test
    void shouldReadBackEveryTargetItFormats() throws Exception {
        for (int i = 0; i < 50_000; i++) {
            PathGrammar grammar = grammar(options());
            Target.Found target = target(new Place(directory(), options(), 0));
            String path = grammar.format(target);
            Target again = grammar.parse(path);
            String what = "seed " + seed + ": " + path;
            assertThat(again).as(what).isInstanceOf(Target.Found.class);
            assertThat(grammar.format((Target.Found) again)).as(what).isEqualTo(path);
            if (!isAmbiguous(target)) {
                assertThat(again).as(what).isEqualTo(asParsed(target, again));
            }
        }
    }

    /** The source has entries whose names are ranges of others; those win. */
    private static boolean isAmbiguous(Target.Found target) {
        return target instanceof Target.Range range && (range.start() + range.end()).contains("..")
                || target instanceof Target.Range simple
                        && FILES.contains(simple.start() + ".." + simple.end())
                || target instanceof Target.Follow follow && FILES.contains(follow.start() + "..");
    }

    /** A directory under options of its own is reached by the path level of these. */
    private static Target asParsed(Target.Found target, Target again) {
        if (target instanceof Target.Directory && again instanceof Target.OptionLevel level) {
            return new Target.OptionLevel(target.place(), level.level(), level.isLink());
        }
        return target;
    }

    private Target.Found target(Place place) {
        return switch (random.nextInt(5)) {
            case 0 -> new Target.Directory(place);
            case 1 -> new Target.Capture(place, file());
            case 2 -> new Target.Follow(place, file());
            case 3 -> new Target.Range(place, file(), file());
            default ->
                    new Target.Control(
                            place,
                            new ControlName(
                                    ControlName.Kind.END, random.nextInt(ControlName.MAX_PID + 1)));
        };
    }

    private String file() {
        return FILES.get(random.nextInt(FILES.size()));
    }

    private Path directory() {
        return Path.of(List.of("", "sub", "sub/deep").get(random.nextInt(3)));
    }

    private StreamOptions options() throws Exception {
        List<String> levels =
                List.of("", "keepcache", "clustersize=4", "filematch=a\\,b*", "order=packet");
        return StreamOptions.DEFAULTS
                .withAll(levels.get(random.nextInt(levels.size())))
                .withAll(levels.get(random.nextInt(levels.size())));
    }
}
