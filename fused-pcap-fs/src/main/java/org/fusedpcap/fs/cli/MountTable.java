package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The mounts that this process sees, as {@code /proc/self/mountinfo} told them at one moment (see
 * proc(5)). Reading it touches no mounted file system, so a dead or hanging one does not matter.
 */
final class MountTable {

    /** How the kernel calls our file systems. */
    static final String TYPE = "fuse.pcap";

    private static final Path MOUNT_INFO = Path.of("/proc/self/mountinfo");
    private static final int MOUNT_POINT_FIELD = 4;

    /**
     * @param mountPoint absolute
     * @param type the file system's type, such as {@code ext4}
     * @param source what is mounted there: a device, or the source directory for ours
     */
    record Entry(Path mountPoint, String type, String source) {}

    private final List<Entry> entries;

    private MountTable(List<Entry> entries) {
        this.entries = entries;
    }

    /** The table of now. */
    static MountTable read() throws CommandException {
        try {
            // Not readAllLines: it fails on a name of somebody else's that is no UTF-8.
            String text = new String(Files.readAllBytes(MOUNT_INFO), StandardCharsets.UTF_8);
            return parse(List.of(text.split("\n")));
        } catch (IOException e) {
            throw new CommandException(ExitCode.SYSTEM, "cannot read " + MOUNT_INFO);
        }
    }

    /** Reads lines of {@code mountinfo}; lines of an unknown form are passed over. */
    static MountTable parse(List<String> lines) {
        return new MountTable(
                lines.stream().map(MountTable::entry).flatMap(Optional::stream).toList());
    }

    private static Optional<Entry> entry(String line) {
        String[] halves = line.split(" - ", 2);
        if (halves.length < 2) {
            return Optional.empty();
        }
        String[] mount = halves[0].split(" ");
        String[] system = halves[1].split(" ");
        if (mount.length <= MOUNT_POINT_FIELD || system.length < 2) {
            return Optional.empty();
        }
        Path mountPoint = Path.of(unescape(mount[MOUNT_POINT_FIELD]));
        return Optional.of(new Entry(mountPoint, system[0], unescape(system[1])));
    }

    /** All of ours. */
    List<Entry> ours() {
        return entries.stream().filter(entry -> entry.type().equals(TYPE)).toList();
    }

    /** Ours at that place, if it is the topmost mount there. */
    Optional<Entry> oursAt(Path mountPoint) {
        return entries.stream()
                .filter(entry -> entry.mountPoint().equals(mountPoint))
                .reduce((lower, upper) -> upper)
                .filter(entry -> entry.type().equals(TYPE));
    }

    /** A name as the table writes it: space, tab, newline and backslash as three octal digits. */
    static String escape(String name) {
        StringBuilder field = new StringBuilder(name.length());
        for (char c : name.toCharArray()) {
            if (c == ' ' || c == '\t' || c == '\n' || c == '\\') {
                field.append(String.format("\\%03o", (int) c));
            } else {
                field.append(c);
            }
        }
        return field.toString();
    }

    private static String unescape(String field) {
        StringBuilder text = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 3 < field.length()) {
                text.append((char) Integer.parseInt(field, i + 1, i + 4, 8));
                i += 3;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
