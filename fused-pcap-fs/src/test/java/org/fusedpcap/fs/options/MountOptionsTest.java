package org.fusedpcap.fs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountOptionsTest {

    private static MountOptions parse(String... arguments) throws OptionException {
        return MountOptions.parse(List.of(arguments));
    }

    @Test
    void shouldAskForNothingWhenNothingIsGiven() throws Exception {
        assertThat(parse())
                .isEqualTo(
                        new MountOptions(
                                StreamOptions.DEFAULTS,
                                List.of(),
                                false,
                                false,
                                IdleProcessors.AUTO,
                                java.util.Optional.empty()));
        assertThat(parse().fuseArgument()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"idle=auto,AUTO", "idle=poll,POLL", "'idle=poll,idle=halt',HALT"})
    void shouldHaveIdleProcessorsPollOrNot(String text, IdleProcessors idle) throws Exception {
        MountOptions options = parse(text);
        assertThat(options.idle()).isEqualTo(idle);
        assertThat(parse(options.text())).isEqualTo(options);
    }

    @Test
    void shouldSortALineOfFstabByWhoActsOnIt() throws Exception {
        MountOptions options =
                parse(
                        "rw,noauto,user,noexec,nosuid,nodev,_netdev,nofail,x-systemd.automount,"
                                + "relatime,allow_other,clustersize=4,uid=1000",
                        "umask=027,fsname=cap\\,tures,order=mtime,follow_links,log=/var/log/p.log");
        assertThat(options.stream())
                .isEqualTo(StreamOptions.DEFAULTS.withAll("clustersize=4,order=mtime"));
        assertThat(options.fuse())
                .containsExactly(
                        "noexec",
                        "nosuid",
                        "nodev",
                        "allow_other",
                        "uid=1000",
                        "umask=027",
                        "fsname=cap,tures");
        assertThat(options.fuseArgument())
                .isEqualTo("noexec,nosuid,nodev,allow_other,uid=1000,umask=027,fsname=cap\\,tures");
        assertThat(options.fuseValue("uid")).contains("1000");
        assertThat(options.fuseValue("gid")).isEmpty();
        assertThat(options.followLinks()).isTrue();
        assertThat(options.log()).contains(Path.of("/var/log/p.log"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "defaults",
                "auto",
                "noauto",
                "user",
                "user=pete",
                "nouser",
                "users",
                "nousers",
                "owner",
                "noowner",
                "group",
                "nogroup",
                "_netdev",
                "_rnetdev",
                "nofail",
                "comment=it's mine",
                "relatime",
                "norelatime",
                "strictatime",
                "nostrictatime",
                "lazytime",
                "nolazytime",
                "diratime",
                "nodiratime",
                "x-gvfs-show",
                "x-systemd.idle-timeout=1min",
                "X-mount.mkdir=0755",
                "uhelper=udisks2",
                "silent",
                "loud",
                "iversion",
                "noiversion",
                "mand",
                "nomand",
                "rw",
                "symfollow",
                ""
            })
    void shouldSwallowWhatOnlyMountKnows(String option) throws Exception {
        assertThat(parse(option)).isEqualTo(parse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allow_other",
                "allow_root",
                "default_permissions",
                "nonempty",
                "auto_unmount",
                "debug",
                "suid",
                "nosuid",
                "dev",
                "nodev",
                "exec",
                "noexec",
                "sync",
                "async",
                "dirsync",
                "atime",
                "noatime",
                "async_read",
                "sync_read",
                "big_writes",
                "no_remote_lock",
                "fsname=x",
                "fsname=a=b",
                "subtype=pcap",
                "max_read=131072",
                "max_write=4096",
                "max_readahead=131072",
                "max_background=64",
                "congestion_threshold=48",
                "uid=0",
                "gid=2147483647",
                "umask=0",
                "umask=0777"
            })
    void shouldPassOnWhatLibfuseKnows(String option) throws Exception {
        assertThat(parse(option).fuse()).containsExactly(option);
        assertThat(parse(option).stream()).isEqualTo(StreamOptions.DEFAULTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "direct_io", "kernel_cache", "auto_cache", "nonseekable", "attr_timeout=1",
                "entry_timeout=1", "ac_attr_timeout=1", "negative_timeout=1", "nopath", "intr",
                "intr_signal=10", "modules=subdir", "noforget", "remember=1", "hard_remove",
                "use_ino", "readdir_ino", "atomic_o_trunc", "splice_move", "no_splice_write",
                "blkdev", "blksize=512", "remount", "nosymfollow", "large_read"
            })
    void shouldRefuseWhatWouldBreakAPromiseAndSayWhy(String option) {
        OptionException e = catchThrowableOfType(OptionException.class, () -> parse(option));
        assertThat(e.kind()).isEqualTo(OptionException.Kind.NOT_ALLOWED);
        assertThat(e).message().startsWith(option.split("=")[0] + ": not possible here; ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uid=pete|uid=pete: must be a number, not a name (id -u NAME and id -g NAME tell"
                        + " it)",
                "gid|gid: needs a value, a number, not a name (id -u NAME and id -g NAME tell it)",
                "umask=8|umask=8: must be access bits in octal digits from 0 to 0777, such as 027",
                "umask=1000|umask=1000: must be access bits in octal digits from 0 to 0777, such as"
                        + " 027",
                "umask=|umask=: must be access bits in octal digits from 0 to 0777, such as 027",
                "max_read=big|max_read=big: must be a number from 1 to 2147483647",
                "fsname=|fsname=: must be some text",
                "allow_other=1|allow_other=1: takes no value, write allow_other alone",
                "ro=1|ro=1: takes no value, write ro alone",
                "log=x|log=x: must be an absolute path of a file",
                "idle=never|idle=never: must be auto, poll or halt",
                "log|log=: must be an absolute path of a file",
                "alow_other|alow_other: unknown option; did you mean allow_other?",
                "clustersise=2|clustersise: unknown option; did you mean clustersize?",
                "clustersize=0|clustersize=0: must be a number from 1 to 1024",
                "frobnicate|frobnicate: unknown option; the options are clustersize, clustermode,"
                    + " clusterabend, blockslack, filesize, keepcache, filematch, order, tunnel,"
                    + " log, follow_links, idle, and those of mount(8) and FUSE",
                "allow_root,allow_other|allow_root: not possible here; allow_other is given too,"
                        + " and lets in root and all others",
            })
    void shouldSayItInTheseWords(String argument, String message) {
        assertThatExceptionOfType(OptionException.class)
                .isThrownBy(() -> parse(argument))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"'ro', true", "'rw', false", "'ro,rw', false", "'rw,ro', true", "'', false"})
    void shouldBeReadOnlyWhenTheLastWordIsRo(String argument, boolean readOnly) throws Exception {
        assertThat(parse(argument).readOnly()).isEqualTo(readOnly);
        assertThat(parse(argument).fuse().contains("ro")).isEqualTo(readOnly);
    }

    @Test
    void shouldPassOnAnOptionOnceWhenItIsGivenTwice() throws Exception {
        assertThat(parse("uid=1,gid=2,uid=3").fuse()).containsExactly("gid=2", "uid=3");
        assertThat(parse("suid,nosuid,suid").fuse()).containsExactly("nosuid", "suid");
    }

    @Test
    void shouldKeepTheCommasOfASecurityContextForTheKernel() throws Exception {
        MountOptions options = parse("context=\"system_u:object_r:tmp_t:s0:c127,c456\",noexec");
        assertThat(options.fuseArgument())
                .isEqualTo("context=\"system_u:object_r:tmp_t:s0:c127\\,c456\",noexec");
    }

    @Test
    void shouldRefuseALogPathThatNoFileSystemHas() {
        assertThatExceptionOfType(OptionException.class).isThrownBy(() -> parse("log=/a\0b"));
    }
}
