package org.fusedpcap.fs.options;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A mount option that is not ours but mount(8)'s or libfuse's, and what a mount helper does with
 * it.
 *
 * <p>Sources: mount(8) of util-linux 2.38, section "filesystem-independent mount options"; the
 * option tables of libfuse 2.9.9 in fuse.c, fuse_lowlevel.c and mount.c. libfuse refuses each
 * option that is in none of its tables, so those that only mount(8) knows end here.
 *
 * @param use what is done with it
 * @param why for {@link Use#REFUSE}, the reason; else nothing
 */
record ForeignOption(Use use, String why) {

    /** What is done with an option. */
    enum Use {
        /** It would break what is promised. */
        REFUSE,
        /** mount(8) or systemd has acted on it already. */
        SWALLOW,
        /** Handed to libfuse, as the others below: a flag. */
        PASS_FLAG,
        PASS_TEXT("some text", Values::text),
        PASS_NUMBER(
                "a number from 1 to 2147483647", text -> Values.number(text, 1, Integer.MAX_VALUE)),
        PASS_ID(
                "a number, not a name (id -u NAME and id -g NAME tell it)",
                text -> Values.number(text, 0, Integer.MAX_VALUE)),
        PASS_OCTAL(
                "access bits in octal digits from 0 to 0777, such as 027",
                text -> Values.octal(text, 0777));

        private final String expected;
        private final Consumer<String> reader;

        Use() {
            this("", text -> {});
        }

        Use(String expected, Consumer<String> reader) {
            this.expected = expected;
            this.reader = reader;
        }

        boolean isPassedOn() {
            return compareTo(PASS_FLAG) >= 0;
        }
    }

    private static final String OWN_CACHING =
            "the page cache is chosen for each open by what is read (keepcache asks for more of"
                    + " it)";
    private static final String OWN_TIMEOUTS =
            "names and sizes must be asked for each time, for files appear and grow";
    private static final String OWN_HANDLES = "fused-pcap sets it as it needs it";
    private static final String ONLY_AT_START = "unmount, then mount with the new options";

    private static final Map<String, ForeignOption> KNOWN = new LinkedHashMap<>();

    static {
        all(
                Use.PASS_FLAG,
                "allow_other allow_root default_permissions nonempty auto_unmount debug suid nosuid"
                        + " dev nodev exec noexec sync async dirsync atime noatime async_read"
                        + " sync_read big_writes no_remote_lock no_remote_flock"
                        + " no_remote_posix_lock");
        all(Use.PASS_TEXT, "fsname subtype context fscontext defcontext rootcontext");
        all(
                Use.PASS_NUMBER,
                "max_read max_write max_readahead max_background congestion_threshold");
        all(Use.PASS_ID, "uid gid");
        all(Use.PASS_OCTAL, "umask");
        all(
                Use.SWALLOW,
                "defaults auto noauto user nouser users nousers owner noowner group nogroup _netdev"
                        + " _rnetdev nofail comment helper uhelper relatime norelatime strictatime"
                        + " nostrictatime diratime nodiratime lazytime nolazytime iversion"
                        + " noiversion mand nomand silent loud symfollow");
        refused("direct_io kernel_cache auto_cache noauto_cache", OWN_CACHING);
        refused("nonseekable", "tools look back at what they have read");
        refused("entry_timeout attr_timeout ac_attr_timeout negative_timeout", OWN_TIMEOUTS);
        refused(
                "nopath noforget remember hard_remove use_ino readdir_ino intr intr_signal modules"
                        + " atomic_o_trunc splice_read no_splice_read splice_write no_splice_write"
                        + " splice_move no_splice_move",
                OWN_HANDLES);
        refused("blkdev blksize large_read", "the source is a directory, not a disk");
        refused("remount", ONLY_AT_START);
        refused("nosymfollow", "the path level keepcache is a symbolic link");
    }

    private static void all(Use use, String names) {
        for (String name : names.split(" ")) {
            KNOWN.put(name, new ForeignOption(use, ""));
        }
    }

    private static void refused(String names, String why) {
        for (String name : names.split(" ")) {
            KNOWN.put(name, new ForeignOption(Use.REFUSE, why));
        }
    }

    static Optional<ForeignOption> named(String name) {
        if (name.startsWith("x-") || name.startsWith("X-")) {
            return Optional.of(new ForeignOption(Use.SWALLOW, ""));
        }
        return Optional.ofNullable(KNOWN.get(name));
    }

    /** The names one may set here. */
    static List<String> names() {
        return KNOWN.entrySet().stream()
                .filter(entry -> entry.getValue().use() != Use.REFUSE)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Checks one as it was given.
     *
     * @throws OptionException if it is refused, or libfuse would misread its value
     */
    void check(OptionItem item) throws OptionException {
        switch (use) {
            case REFUSE -> throw OptionException.notAllowed(item.name(), why);
            case SWALLOW -> {}
            case PASS_FLAG -> requireBare(item);
            default -> requireValue(item);
        }
    }

    private static void requireBare(OptionItem item) throws OptionException {
        if (!item.bare()) {
            throw OptionException.unexpectedValue(item.name(), item.value());
        }
    }

    private void requireValue(OptionItem item) throws OptionException {
        if (item.bare()) {
            throw OptionException.missingValue(item.name(), use.expected);
        }
        try {
            use.reader.accept(item.value());
        } catch (IllegalArgumentException e) {
            throw OptionException.badValue(item.name(), item.value(), use.expected);
        }
    }
}
