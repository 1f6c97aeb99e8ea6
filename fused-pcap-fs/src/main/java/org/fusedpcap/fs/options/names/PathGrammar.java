package org.fusedpcap.fs.options.names;

import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fusedpcap.fs.options.OneLine;
import org.fusedpcap.fs.options.OptionException;
import org.fusedpcap.fs.options.StreamOptions;

/**
 * Tells what a path under the mount point stands for. Thread-safe, and never waits for anything but
 * its {@link Entries}.
 *
 * <pre>
 *   path      = "/" [ part *( "/" part ) ]
 *   part      = directory / level / ".p" / id          id only behind ".p"
 *             / capture / range / control              these only as the last part
 *   range     = START ".." [ END ]
 *   level     = option *( "," option )                 option = NAME "=" VALUE / "keepcache"
 *   control   = ".end" [ "." PID ] / ...               see {@link ControlName}
 * </pre>
 *
 * <p>A part is read in this order, and the first reading that fits holds:
 *
 * <ol>
 *   <li>It begins with a dot: a control file, {@code .p}, or nothing. Other dot files of the source
 *       are not shown and not found: capture programs give such names to files that are not
 *       finished.
 *   <li>It is the name of an entry of the source, which may well have {@code =} or {@code ..} in
 *       it.
 *   <li>It ends in two dots, and what is before them is an entry: follow it.
 *   <li>It has two dots in it, and there are entries of both names around them: a range. With
 *       several such places in it, the leftmost one that fits.
 *   <li>It is a level of options. They add up along the path, and the deepest one wins.
 * </ol>
 *
 * <p>{@code .p/17} stands where the symbolic link of a level stood that was walked through, and for
 * that level. {@code .p} itself is the directory it stands in once more, so that {@code ..} from
 * inside shows the captures again.
 */
public final class PathGrammar {

    /** Name of the directory that private directories are in; listed nowhere. */
    public static final String PRIVATE_DIRECTORY = ".p";

    private static final Pattern ID = Pattern.compile("[0-9]+");

    private final Entries entries;
    private final PrivateLevels privateLevels;
    private final StreamOptions mountOptions;

    /** A grammar for one mount; {@code mountOptions} hold wherever no path level says otherwise. */
    public PathGrammar(Entries entries, PrivateLevels privateLevels, StreamOptions mountOptions) {
        this.entries = entries;
        this.privateLevels = privateLevels;
        this.mountOptions = mountOptions;
    }

    /** Where the symbolic link of an option level leads, seen from the directory it is in. */
    public static String linkTo(long privateId) {
        return PRIVATE_DIRECTORY + "/" + privateId;
    }

    /** What {@code path} stands for; it begins at the mount point, with a slash or without. */
    public Target parse(String path) {
        Target.Found here = new Target.Directory(Place.top(mountOptions));
        boolean amongPrivate = false;
        for (String part : parts(path)) {
            if (!isDirectory(here)) {
                return missing(part, "what is before it is no directory");
            }
            Target next =
                    amongPrivate && ID.matcher(part).matches()
                            ? privateDirectory(here.place(), part)
                            : lookUp(here.place(), part);
            if (!(next instanceof Target.Found found)) {
                return next;
            }
            here = found;
            amongPrivate = part.equals(PRIVATE_DIRECTORY);
        }
        return here;
    }

    private static List<String> parts(String path) {
        return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
    }

    private static boolean isDirectory(Target.Found target) {
        return target instanceof Target.Directory || target instanceof Target.OptionLevel;
    }

    private Target lookUp(Place place, String name) {
        if (name.startsWith(".")) {
            return dotName(place, name);
        }
        return switch (kind(place, name)) {
            case DIRECTORY -> new Target.Directory(place.in(name));
            case FILE, OTHER -> new Target.Capture(place, name);
            case NONE -> madeName(place, name);
        };
    }

    private static Target dotName(Place place, String name) {
        if (name.equals(PRIVATE_DIRECTORY)) {
            return new Target.Directory(place);
        }
        Optional<ControlName> control = ControlName.parse(name);
        return control.isPresent()
                ? new Target.Control(place, control.get())
                : missing(name, "no such control file");
    }

    private Target madeName(Place place, String name) {
        Target range = new RangeName(name, part -> kind(place, part)).in(place);
        if (range instanceof Target.Found || !StreamOptions.isLevel(name)) {
            return range;
        }
        try {
            return optionLevel(place, name);
        } catch (OptionException e) {
            if (e.kind() != OptionException.Kind.UNKNOWN_NAME) {
                return new Target.Refused(name, e.getMessage());
            }
            return name.contains(RangeName.DOTS) ? range : new Target.Missing(name, e.getMessage());
        }
    }

    private static Target optionLevel(Place place, String level) throws OptionException {
        boolean isLink = StreamOptions.DEFAULTS.withAll(level).keepCache();
        return new Target.OptionLevel(place.with(place.options().withAll(level)), level, isLink);
    }

    private Target privateDirectory(Place place, String number) {
        try {
            long id = Long.parseLong(number);
            Optional<String> level = privateLevels.levelOf(id);
            if (level.isPresent()) {
                StreamOptions options = place.options().withAll(level.get());
                return new Target.Directory(place.with(options).within(id));
            }
        } catch (NumberFormatException | OptionException e) {
            return missing(number, e.getMessage());
        }
        return missing(number, "no such private directory (any more)");
    }

    private static Target missing(String name, String why) {
        return new Target.Missing(name, OneLine.of(name + ": " + why));
    }

    private Entries.Kind kind(Place place, String name) {
        if (name.isEmpty() || name.startsWith(".")) {
            return Entries.Kind.NONE;
        }
        try {
            return entries.kind(place.directory().resolve(name));
        } catch (InvalidPathException e) {
            return Entries.Kind.NONE;
        }
    }

    /**
     * The path that {@link #parse} reads as {@code target}, without private directories: what one
     * can tell a person, or compare. (Should the source have an entry named like the options it
     * needs, there is none.)
     */
    public String format(Target.Found target) {
        Place place = target.place();
        StringBuilder path = new StringBuilder();
        place.directory().forEach(part -> append(path, part.toString()));
        append(path, place.options().levelOver(mountOptions));
        append(path, lastPart(target));
        return path.isEmpty() ? "/" : path.toString();
    }

    private static void append(StringBuilder path, String part) {
        if (!part.isEmpty()) {
            path.append('/').append(part);
        }
    }

    private static String lastPart(Target.Found target) {
        if (target instanceof Target.Capture capture) {
            return capture.start();
        } else if (target instanceof Target.Follow follow) {
            return follow.start() + RangeName.DOTS;
        } else if (target instanceof Target.Range range) {
            return range.start() + RangeName.DOTS + range.end();
        } else if (target instanceof Target.Control control) {
            return control.name().toString();
        }
        return "";
    }
}
