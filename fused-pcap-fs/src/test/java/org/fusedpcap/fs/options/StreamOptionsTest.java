package org.fusedpcap.fs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamOptionsTest {

    private static StreamOptions with(String level) throws OptionException {
        return StreamOptions.DEFAULTS.withAll(level);
    }

    @Test
    void shouldHoldWhatTheContractSaysWhenNobodySaysAnything() {
        StreamOptions options = StreamOptions.DEFAULTS;
        assertThat(options.clusterSize()).isEqualTo(1);
        assertThat(options.clusterMode()).isZero();
        assertThat(options.clusterAbend()).isEqualTo(ClusterAbend.ERR);
        assertThat(options.blockSlack()).isEqualTo(64);
        assertThat(options.fileSize()).isEqualTo(512L * 1024 * 1024 * 1024 * 1024);
        assertThat(options.keepCache()).isFalse();
        assertThat(options.fileMatch()).isEmpty();
        assertThat(options.order()).isEqualTo(SegmentOrder.NAME);
        assertThat(options.tunnel()).isEqualTo(Tunnel.OUTER);
        assertThat(options.isClustered()).isFalse();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                value("clustersize=1", StreamOptions::clusterSize, 1),
                value("clustersize=1024", StreamOptions::clusterSize, 1024),
                value("clustersize=0012", StreamOptions::clusterSize, 12),
                value("clustersize=2,clustersize=3", StreamOptions::clusterSize, 3),
                value("clustersize=2", StreamOptions::isClustered, true),
                value("clustermode=0", StreamOptions::clusterMode, 0),
                value("clustermode=4", StreamOptions::clusterMode, 4),
                value("clusterabend=0", StreamOptions::clusterAbend, ClusterAbend.ERR),
                value("clusterabend=1", StreamOptions::clusterAbend, ClusterAbend.EOF),
                value("clusterabend=2", StreamOptions::clusterAbend, ClusterAbend.IGNORE),
                value("blockslack=1", StreamOptions::blockSlack, 1),
                value("blockslack=65536", StreamOptions::blockSlack, 65536),
                value("filesize=1", StreamOptions::fileSize, 1L),
                value("filesize=7k", StreamOptions::fileSize, 7L << 10),
                value("filesize=7K", StreamOptions::fileSize, 7L << 10),
                value("filesize=3m", StreamOptions::fileSize, 3L << 20),
                value("filesize=3M", StreamOptions::fileSize, 3L << 20),
                value("filesize=2g", StreamOptions::fileSize, 2L << 30),
                value("filesize=2G", StreamOptions::fileSize, 2L << 30),
                value("filesize=512t", StreamOptions::fileSize, 512L << 40),
                value("filesize=512T", StreamOptions::fileSize, 512L << 40),
                value("filesize=1p", StreamOptions::fileSize, 1L << 50),
                value("filesize=8191P", StreamOptions::fileSize, 8191L << 50),
                value("filesize=9223372036854775807", StreamOptions::fileSize, Long.MAX_VALUE),
                value("keepcache", StreamOptions::keepCache, true),
                value("keepcache=1", StreamOptions::keepCache, true),
                value("keepcache=yes", StreamOptions::keepCache, true),
                value("keepcache=0", StreamOptions::keepCache, false),
                value("keepcache=no", StreamOptions::keepCache, false),
                value("keepcache,keepcache=no", StreamOptions::keepCache, false),
                value("filematch=eth0*", StreamOptions::fileGlob, "eth0*"),
                value("filematch=a=b", StreamOptions::fileGlob, "a=b"),
                value("filematch=a\\,b", StreamOptions::fileGlob, "a,b"),
                value("filematch=\"a,b\",clustersize=2", StreamOptions::fileGlob, "a,b"),
                value("\"filematch=a,b\"", StreamOptions::fileGlob, "a,b"),
                value("filematch=a\\\\b\\\"", StreamOptions::fileGlob, "a\\b\""),
                value("filematch=a\\", StreamOptions::fileGlob, "a\\"),
                value("filematch=x,filematch=", StreamOptions::fileGlob, ""),
                value("order=name", StreamOptions::order, SegmentOrder.NAME),
                value("order=mtime", StreamOptions::order, SegmentOrder.MTIME),
                value("order=packet", StreamOptions::order, SegmentOrder.PACKET),
                value("tunnel=outer", StreamOptions::tunnel, Tunnel.OUTER),
                value("tunnel=inner", StreamOptions::tunnel, Tunnel.INNER),
                value(",,clustersize=4,", StreamOptions::clusterSize, 4));
    }

    private static <T> Arguments value(String level, Function<StreamOptions, T> getter, T value) {
        return Arguments.of(level, getter, value);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void shouldTakeEachValueThatAnOptionHas(
            String level, Function<StreamOptions, Object> getter, Object value) throws Exception {
        assertThat(getter.apply(with(level))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clustersize=0",
                "clustersize=1025",
                "clustersize=-1",
                "clustersize=+1",
                "clustersize= 1",
                "clustersize=1 ",
                "clustersize=",
                "clustersize",
                "clustersize=two",
                "clustersize=0x10",
                "clustersize=1.5",
                "clustersize=٣",
                "clustersize=99999999999999999999999999",
                "clustersize==4",
                "clustermode=5",
                "clusterabend=3",
                "clusterabend=err",
                "blockslack=0",
                "blockslack=65537",
                "filesize=0",
                "filesize=0T",
                "filesize=",
                "filesize=K",
                "filesize=1E",
                "filesize=1KB",
                "filesize=-1",
                "filesize=8192P",
                "filesize=9223372036854775808",
                "filesize=99999999999999999999P",
                "filesize=1.5T",
                "keepcache=2",
                "keepcache=",
                "keepcache=YES",
                "order=",
                "order=Name",
                "order=size",
                "tunnel=both",
                "filematch=a/b",
                "filematch=\0",
                "filematch",
                "filematch=\"a,b"
            })
    void shouldSayWhatWouldBeRightWhenAValueIsNone(String level) {
        OptionException e =
                catchThrowableOfType(OptionException.class, () -> with("order=mtime," + level));
        assertThat(e.kind()).isEqualTo(OptionException.Kind.BAD_VALUE);
        assertThat(e)
                .message()
                .contains(": ")
                .containsAnyOf("must be ", "needs a value, ", "the closing \" is missing")
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clustersize=0|clustersize=0: must be a number from 1 to 1024",
                "clustersize|clustersize: needs a value, a number from 1 to 1024",
                "order=size|order=size: must be name, mtime or packet",
                "clustersise=4|clustersise: unknown option; did you mean clustersize?",
                "CLUSTERSIZE=4|CLUSTERSIZE: unknown option; did you mean clustersize?",
                "keepcach|keepcach: unknown option; did you mean keepcache?",
                "slack=4|slack: unknown option; the options are clustersize, clustermode,"
                    + " clusterabend, blockslack, filesize, keepcache, filematch, order, tunnel",
            })
    void shouldSayItInTheseWords(String level, String message) {
        assertThatExceptionOfType(OptionException.class)
                .isThrownBy(() -> with(level))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo=1", "=", "=1", "clustersise=0", "Keepcache", "uid=0", "log=/x"})
    void shouldTellUnknownNamesFromBadValues(String level) {
        OptionException e = catchThrowableOfType(OptionException.class, () -> with(level));
        assertThat(e.kind()).isEqualTo(OptionException.Kind.UNKNOWN_NAME);
    }

    @Test
    void shouldStayOneShortLineWhenTheValueIsLongOrHasNewlines() {
        String value = "x\n\u2028\u0007".repeat(1000);
        OptionException e =
                catchThrowableOfType(OptionException.class, () -> with("order=" + value));
        assertThat(e.getMessage()).hasSizeLessThan(150).doesNotContain("\n", "\u2028", "\u0007");
    }

    @Test
    void shouldRefuseAPatternLongerThanAnyName() throws Exception {
        assertThat(with("filematch=" + "ä".repeat(127)).fileMatch()).isPresent();
        assertThatExceptionOfType(OptionException.class)
                .isThrownBy(() -> with("filematch=" + "ä".repeat(128)));
    }

    @Test
    void shouldLetTheDeeperLevelWinAndKeepTheRest() throws Exception {
        StreamOptions deep = with("clustersize=4,order=mtime").withAll("clustersize=2,keepcache");
        assertThat(deep).isEqualTo(with("clustersize=2,order=mtime,keepcache"));
    }

    @ParameterizedTest
    @CsvSource({
        "clustersize=4, true", "a=b, true", "keepcache, true", "'x,keepcache', true", "=, true",
        "keepcaches, false", "clustersize, false", "x, false", "'a,b', false", "'', false"
    })
    void shouldKnowWhatReadsLikeOptions(String name, boolean isLevel) {
        assertThat(StreamOptions.isLevel(name)).isEqualTo(isLevel);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "clustersize=4",
                "keepcache",
                "filesize=1023K",
                "filesize=1025",
                "filesize=8P",
                "filematch=a\\,b",
                "clustersize=4,clustermode=1,clusterabend=2,blockslack=16",
                "order=packet,tunnel=inner"
            })
    void shouldWriteADifferenceAsItsUserWould(String level) throws Exception {
        assertThat(with(level).levelOver(StreamOptions.DEFAULTS)).isEqualTo(level);
    }

    @Test
    void shouldBeAbleToTakeBackWhatTheMountSays() throws Exception {
        StreamOptions mount = with("keepcache,filematch=x*,clustersize=4");
        String level = StreamOptions.DEFAULTS.levelOver(mount);
        assertThat(level).isEqualTo("clustersize=1,keepcache=0,filematch=");
        assertThat(mount.withAll(level)).isEqualTo(StreamOptions.DEFAULTS);
    }

    @ParameterizedTest
    @EnumSource(StreamOption.class)
    void shouldDescribeEachOptionForHelpTexts(StreamOption option) {
        assertThat(option.optionName()).isLowerCase();
        assertThat(option.expected()).isNotBlank();
        assertThat(option.summary()).isNotBlank();
        assertThat(StreamOption.named(option.optionName())).contains(option);
    }

    @Test
    void shouldRefuseToBeMadeOfValuesOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new StreamOptions(
                                        0,
                                        0,
                                        ClusterAbend.ERR,
                                        64,
                                        1,
                                        false,
                                        "",
                                        SegmentOrder.NAME,
                                        Tunnel.OUTER));
    }
}
