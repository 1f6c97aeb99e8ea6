package org.fusedpcap.fs.fuse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.fs.options.MountOptions;

/** The options that libfuse is given. */
final class FuseOptions {

    private FuseOptions() {}

    static String of(Path source, MountOptions options) {
        List<String> all = new ArrayList<>();
        if (options.fuseValue("fsname").isEmpty()) {
            all.add("fsname=" + escape(source.toString()));
        }
        all.add("subtype=pcap");
        // Like mount(8), which hides what is in the mount point; libfuse would refuse to.
        all.add("nonempty");
        // Callbacks on open files work from the handle: a blocked read must not hold the lock of a
        // path.
        all.add("nopath");
        // Removing an end that somebody has open removes it, instead of renaming it to a hidden
        // file.
        all.add("hard_remove");
        // The kernel checks owner, group and mode; only root and the owner write ends.
        all.add("default_permissions");
        // Sizes change, ends come and go, and each walk through keepcache leads elsewhere.
        all.add("attr_timeout=0");
        all.add("entry_timeout=0");
        // Replies are spliced from the capture files; moving pages would take them out of the page
        // cache.
        all.add("splice_write");
        String given = options.fuseArgument();
        if (!given.isEmpty()) {
            all.add(given);
        }
        return String.join(",", all);
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace(",", "\\,");
    }
}
