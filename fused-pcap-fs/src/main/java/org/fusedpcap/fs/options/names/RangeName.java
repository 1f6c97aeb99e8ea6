package org.fusedpcap.fs.options.names;

import java.util.function.Function;
import org.fusedpcap.fs.options.OneLine;

/**
 * Reads {@code START..} and {@code START..END}, where START and END may have dots in them too.
 *
 * @param name the whole of it
 * @param kinds what is there of a name
 */
record RangeName(String name, Function<String, Entries.Kind> kinds) {

    static final String DOTS = "..";

    /** What it stands for in {@code place}; if nothing, why the nearest reading of it fails. */
    Target in(Place place) {
        if (name.endsWith(DOTS)) {
            Target follow = split(place, name.length() - DOTS.length());
            if (follow instanceof Target.Found) {
                return follow;
            }
        }
        Target nearest = missing(name, "");
        for (int at = name.indexOf(DOTS); at >= 0; at = name.indexOf(DOTS, at + 1)) {
            Target reading = split(place, at);
            if (reading instanceof Target.Found) {
                return reading;
            }
            nearest = nearness(reading) > nearness(nearest) ? reading : nearest;
        }
        return nearest;
    }

    private Target split(Place place, int at) {
        String start = name.substring(0, at);
        String end = name.substring(at + DOTS.length());
        Entries.Kind startKind = kinds.apply(start);
        if (startKind == Entries.Kind.NONE) {
            return missing(start, "START of " + name);
        }
        Entries.Kind endKind = end.isEmpty() ? startKind : kinds.apply(end);
        if (endKind == Entries.Kind.NONE) {
            return missing(end, "END of " + name);
        }
        if (startKind == Entries.Kind.DIRECTORY || endKind == Entries.Kind.DIRECTORY) {
            return directory(startKind == Entries.Kind.DIRECTORY ? start : end);
        }
        return end.isEmpty()
                ? new Target.Follow(place, start)
                : new Target.Range(place, start, end);
    }

    private static Target missing(String part, String role) {
        String asWhat = role.isEmpty() ? "" : ", which is " + role;
        return new Target.Missing(part, OneLine.of(part + ": no such file" + asWhat));
    }

    private static Target directory(String part) {
        return new Target.Refused(part, OneLine.of(part + ": is a directory, not a capture file"));
    }

    /** A reading with an existing START is nearer than one without, one with both nearer yet. */
    private int nearness(Target reading) {
        if (!(reading instanceof Target.Missing missing)) {
            return 3;
        }
        if (missing.name().equals(name)) {
            return 0;
        }
        return name.startsWith(missing.name() + DOTS) ? 1 : 2;
    }
}
