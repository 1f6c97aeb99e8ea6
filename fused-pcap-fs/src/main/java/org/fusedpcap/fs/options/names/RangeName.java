package org.fusedpcap.fs.options.names;

import java.util.function.Function;

/**
 * Reads {@code START..} and {@code START..END}, where START and END may have dots in them too.
 *
 * @param name the whole of it
 * @param kinds what is there of a name
 */
record RangeName(String name, Function<String, Entries.Kind> kinds) {

    static final String DOTS = "..";

    /**
     * What it stands for in {@code place}; if nothing, the reason of the reading that came nearest.
     */
    Target in(Place place) {
        if (name.endsWith(DOTS) && isThere(beforeLastDots())) {
            return new Target.Follow(place, beforeLastDots());
        }
        Target nearest = missing(name, "");
        for (int at = name.indexOf(DOTS); at >= 0; at = name.indexOf(DOTS, at + 1)) {
            Target reading = split(place, name.substring(0, at), name.substring(at + 2));
            if (reading instanceof Target.Found) {
                return reading;
            }
            nearest = isNearer(reading, nearest) ? reading : nearest;
        }
        return nearest;
    }

    private String beforeLastDots() {
        return name.substring(0, name.length() - DOTS.length());
    }

    private boolean isThere(String part) {
        return switch (kinds.apply(part)) {
            case FILE, OTHER -> true;
            case NONE, DIRECTORY -> false;
        };
    }

    private Target split(Place place, String start, String end) {
        Entries.Kind startKind = kinds.apply(start);
        if (startKind == Entries.Kind.NONE) {
            return missing(start, "START of " + name);
        }
        if (!end.isEmpty() && kinds.apply(end) == Entries.Kind.NONE) {
            return missing(end, "END of " + name);
        }
        if (startKind == Entries.Kind.DIRECTORY) {
            return directory(start);
        }
        return !end.isEmpty() && !isThere(end)
                ? directory(end)
                : new Target.Range(place, start, end);
    }

    private static Target missing(String part, String role) {
        String asWhat = role.isEmpty() ? "" : ", which is " + role;
        return new Target.Missing(part, part + ": no such file" + asWhat);
    }

    private static Target directory(String part) {
        return new Target.Refused(part, part + ": is a directory, not a capture file");
    }

    /**
     * A reading whose START is there is nearer than one without, and one with both there nearer
     * yet.
     */
    private boolean isNearer(Target reading, Target than) {
        return nearness(reading) > nearness(than);
    }

    private int nearness(Target reading) {
        if (reading instanceof Target.Missing missing) {
            if (missing.name().equals(name)) {
                return 0;
            }
            return name.startsWith(missing.name() + DOTS) ? 1 : 2;
        }
        return 3;
    }
}
