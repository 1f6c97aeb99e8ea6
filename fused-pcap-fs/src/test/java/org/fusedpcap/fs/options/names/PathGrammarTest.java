package org.fusedpcap.fs.options.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.fusedpcap.fs.options.OptionException;
import org.fusedpcap.fs.options.StreamOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathGrammarTest {

    private static final Listing SOURCE =
            Listing.of(
                    "a",
                    "b",
                    "c",
                    "a..b",
                    "b..c",
                    "p",
                    "p..q",
                    "q..r",
                    "r",
                    "x.",
                    "e1..e2..",
                    "e1",
                    "e2..",
                    "f..f",
                    "eth0.pcap.1",
                    "eth0.pcap.2",
                    "log with spaces",
                    "clustersize=6",
                    "order=mtime/",
                    "order=mtime/a",
                    "keepcache=1",
                    "name=v",
                    "w=1",
                    "fifo|",
                    ".hidden",
                    ".snapshot/",
                    "17",
                    "sub/",
                    "sub/a",
                    "sub/b",
                    "sub/deep/",
                    "sub/deep/z",
                    "sub/keepcache");

    private static final Map<Long, String> PRIVATE =
            Map.of(17L, "keepcache", 18L, "clustersize=4,keepcache", 19L, "clustersize=0");

    private final PathGrammar grammar = grammar(StreamOptions.DEFAULTS);

    private static PathGrammar grammar(StreamOptions mountOptions) {
        return new PathGrammar(SOURCE, id -> Optional.ofNullable(PRIVATE.get(id)), mountOptions);
    }

    private static StreamOptions with(String level) throws OptionException {
        return StreamOptions.DEFAULTS.withAll(level);
    }

    /** A target in a form that a table can hold: its sort, place and names. */
    private static String describe(Target target) {
        if (target instanceof Target.Missing missing) {
            return "missing " + missing.name();
        } else if (target instanceof Target.Refused refused) {
            return "refused " + refused.name();
        }
        Target.Found found = (Target.Found) target;
        String directory = found.place().directory().toString();
        String at = directory.isEmpty() ? "" : directory + ": ";
        String priv = found.place().isPrivate() ? " #" + found.place().privateId() : "";
        String level = found.place().options().levelOver(StreamOptions.DEFAULTS);
        return at + names(found) + (level.isEmpty() ? "" : " [" + level + "]") + priv;
    }

    private static String names(Target.Found found) {
        if (found instanceof Target.Capture capture) {
            return "capture " + capture.start();
        } else if (found instanceof Target.Follow follow) {
            return "follow " + follow.start();
        } else if (found instanceof Target.Range range) {
            return "range " + range.start() + " to " + range.end();
        } else if (found instanceof Target.Control control) {
            return "control " + control.name();
        } else if (found instanceof Target.OptionLevel level) {
            return (level.isLink() ? "link " : "level ") + level.level();
        }
        return "directory";
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/|directory",
                "''|directory",
                "/a|capture a",
                "a|capture a",
                "//a/|capture a",
                "/log with spaces|capture log with spaces",
                "/fifo|capture fifo",
                "/17|capture 17",
                "/nothing|missing nothing",
                "/sub|sub: directory",
                "/sub/deep|sub/deep: directory",
                "/sub/deep/z|sub/deep: capture z",
                "/sub/c|missing c",
                "/a/b|missing b",
                "/a/.end|missing .end",
            })
    void shouldMirrorTheSource(String path, String target) {
        assertThat(describe(grammar.parse(path))).isEqualTo(target);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/a..|follow a",
                "/sub/a..|sub: follow a",
                "/x...|follow x.",
                "/a..b..|follow a..b",
                "/eth0.pcap.1..|follow eth0.pcap.1",
                "/fifo..|follow fifo",
                "/clustersize=6..|follow clustersize=6",
                "/nothing..|missing nothing",
                "/sub..|refused sub",
                "/a../b|missing b",
            })
    void shouldFollowWhenTheEndIsLeftOut(String path, String target) {
        assertThat(describe(grammar.parse(path))).isEqualTo(target);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/eth0.pcap.1..eth0.pcap.2|range eth0.pcap.1 to eth0.pcap.2",
                "/a..a|range a to a",
                "/sub/a..b|sub: range a to b",
                "/a..b|capture a..b",
                "/a..b..c|range a to b..c",
                "/a..b..b|range a..b to b",
                "/p..q..r|range p to q..r",
                "/a..b..b..c|range a..b to b..c",
                "/x...a|range x. to a",
                "/a..x.|range a to x.",
                "/e1..e2..|capture e1..e2..",
                "/w=1..name=v|range w=1 to name=v",
                "/clustersize=6..a|range clustersize=6 to a",
                "/nothing..a|missing nothing",
                "/a..nothing|missing nothing",
                "/no..thing|missing no",
                "/a..b..nothing|missing b..nothing",
                "/no=1..thing=2|missing no=1",
                "/a...hidden|missing .hidden",
                "/sub/a..sub/b|missing sub",
                "/a..sub|refused sub",
                "/sub..a|refused sub",
                "/sub..nothing|missing nothing",
                "/....|missing ....",
                "/..|missing ..",
                "/.|missing .",
                "/../a|missing ..",
                "/sub/../a|missing ..",
                "/..a|missing ..a",
            })
    void shouldReadARangeWhenBothFilesExist(String path, String target) {
        assertThat(describe(grammar.parse(path))).isEqualTo(target);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/clustersize=4|level clustersize=4 [clustersize=4]",
                "/clustersize=4/a|capture a [clustersize=4]",
                "/clustersize=4/sub/a..b|sub: range a to b [clustersize=4]",
                "/sub/clustersize=4/a..b|sub: range a to b [clustersize=4]",
                "/sub/clustersize=4/deep/z|sub/deep: capture z [clustersize=4]",
                "/clustersize=4/clustermode=1/a|capture a [clustersize=4,clustermode=1]",
                "/clustersize=4/clustersize=2/a|capture a [clustersize=2]",
                "/clustersize=4/clustersize=1/a|capture a",
                "/clustersize=4,order=packet/.end.7|control .end.7 [clustersize=4,order=packet]",
                "/filematch=x..y|level filematch=x..y [filematch=x..y]",
                "/filematch=x\\,y/a|capture a [filematch=x\\,y]",
                "/filematch=/a|capture a",
                "/keepcache|link keepcache [keepcache]",
                "/clustersize=4,keepcache|link clustersize=4,keepcache [clustersize=4,keepcache]",
                "/keepcache=yes|link keepcache=yes [keepcache]",
                "/keepcache=0|level keepcache=0",
                "/keepcache/clustersize=2|level clustersize=2 [clustersize=2,keepcache]",
                "/keepcache/keepcache=0/a|capture a",
                "/clustersize=4/a/b|missing b",
            })
    void shouldAddUpOptionsAlongThePath(String path, String target) {
        assertThat(describe(grammar.parse(path))).isEqualTo(target);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/clustersize=6|capture clustersize=6",
                "/clustersize=6/a|missing a",
                "/order=mtime|order=mtime: directory",
                "/order=mtime/a|order=mtime: capture a",
                "/sub/order=mtime/a|sub: capture a [order=mtime]",
                "/keepcache=1|capture keepcache=1",
                "/sub/keepcache|sub: capture keepcache",
                "/sub/keepcache=1|sub: link keepcache=1 [keepcache]",
                "/name=v|capture name=v",
            })
    void shouldPreferAnEntryOfTheSourceToOptions(String path, String target) {
        assertThat(describe(grammar.parse(path))).isEqualTo(target);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/clustersize=0|refused clustersize=0",
                "/clustersize=0/a|refused clustersize=0",
                "/clustersize=/a|refused clustersize=",
                "/clustersize=4,clustermode/a|refused clustersize=4,clustermode",
                "/order=size..x|refused order=size..x",
                "/filematch=\"a|refused filematch=\"a",
                "/clustersise=4|missing clustersise=4",
                "/clustersise=4/a|missing clustersise=4",
                "/clustersize=4,foo=1/a|missing clustersize=4,foo=1",
                "/uid=0/a|missing uid=0",
                "/clustersize/a|missing clustersize",
                "/=|missing =",
            })
    void shouldTellABadValueFromAnUnknownName(String path, String target) {
        assertThat(describe(grammar.parse(path))).isEqualTo(target);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/.end|control .end",
                "/sub/.end.1234|sub: control .end.1234",
                "/.status|control .status",
                "/.end/x|missing x",
                "/.end.0|missing .end.0",
                "/.hidden|missing .hidden",
                "/.hidden..|missing .hidden..",
                "/.snapshot/a|missing .snapshot",
            })
    void shouldShowNoDotFilesButItsOwn(String path, String target) {
        assertThat(describe(grammar.parse(path))).isEqualTo(target);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/.p|directory",
                "/.p/17|directory [keepcache] #17",
                "/.p/17/a..|follow a [keepcache] #17",
                "/.p/18/sub/a..b|sub: range a to b [clustersize=4,keepcache] #18",
                "/sub/.p/17/a|sub: capture a [keepcache] #17",
                "/sub/.p/17/deep/z|sub/deep: capture z [keepcache] #17",
                "/clustersize=2/.p/17/a|capture a [clustersize=2,keepcache] #17",
                "/.p/17/clustersize=2/a|capture a [clustersize=2,keepcache] #17",
                "/.p/17/keepcache|link keepcache [keepcache] #17",
                "/.p/17/.p/18/a|capture a [clustersize=4,keepcache] #18",
                "/.p/17/keepcache=0/a|capture a #17",
                "/.p/17/.end|control .end [keepcache] #17",
                "/.p/a|capture a",
                "/.p/.p/17/a|capture a [keepcache] #17",
                "/.p/99/a|missing 99",
                "/.p/19/a|missing 19",
                "/.p/99999999999999999999|missing 99999999999999999999",
                "/.p/17/17|capture 17 [keepcache] #17",
            })
    void shouldReadAPrivateDirectoryAsTheLevelItStandsFor(String path, String target) {
        assertThat(describe(grammar.parse(path))).isEqualTo(target);
    }

    @Test
    void shouldBeginWithTheOptionsOfTheMount() throws Exception {
        PathGrammar mounted = grammar(with("clustersize=8,keepcache"));
        assertThat(describe(mounted.parse("/a"))).isEqualTo("capture a [clustersize=8,keepcache]");
        assertThat(describe(mounted.parse("/clustersize=2")))
                .isEqualTo("level clustersize=2 [clustersize=2,keepcache]");
        assertThat(describe(mounted.parse("/clustersize=1,keepcache=0/a"))).isEqualTo("capture a");
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThat(grammar.parse("/a..nothing"))
                .isEqualTo(
                        new Target.Missing(
                                "nothing", "nothing: no such file, which is END of a..nothing"));
        assertThat(grammar.parse("/clustersise=4"))
                .isEqualTo(
                        new Target.Missing(
                                "clustersise=4",
                                "clustersise: unknown option; did you mean clustersize?"));
        assertThat(grammar.parse("/clustersize=0"))
                .isEqualTo(
                        new Target.Refused(
                                "clustersize=0", "clustersize=0: must be a number from 1 to 1024"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\0b", "/\uD800", "/clustersize=4/\0", "/sub/a..\0"})
    void shouldMissNamesThatNoFileSystemHas(String path) {
        assertThat(grammar.parse(path)).isInstanceOf(Target.Missing.class);
    }

    @Test
    void shouldGiveMembersOfAClusterTheSamePlace() {
        Target.Capture one = (Target.Capture) grammar.parse("/sub/.p/18/a");
        Target.Capture other = (Target.Capture) grammar.parse("/keepcache/sub/clustersize=4/a");
        assertThat(one.place()).isNotEqualTo(other.place());
        assertThat(one.place().shared()).isEqualTo(other.place().shared());
        assertThat(one.place().directory()).isEqualTo(Path.of("sub"));
    }

    @Test
    void shouldNamePlacesWithoutTheirPrivateDirectories() throws Exception {
        assertThat(PathGrammar.linkTo(17)).isEqualTo(".p/17");
        Target.Found target = (Target.Found) grammar.parse("/.p/18/sub/a..b");
        assertThat(grammar.format(target)).isEqualTo("/sub/clustersize=4,keepcache/a..b");
        assertThat(grammar(with("clustersize=4")).format(target)).isEqualTo("/sub/keepcache/a..b");
        assertThat(grammar.format((Target.Found) grammar.parse("/"))).isEqualTo("/");
    }
}
