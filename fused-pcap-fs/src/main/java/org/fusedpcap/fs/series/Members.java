package org.fusedpcap.fs.series;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.fs.series.NameGrammar.Reading;

/**
 * Says which names belong to a series. As long as nothing stands beside the first name that shows
 * how it is to be read, the likeliest reading holds; the first name that shows it decides, for as
 * long as the series is in use. Used under the series' lock.
 */
final class Members {

    private List<Reading> open;
    private NamePattern pattern;

    private Members(NamePattern pattern, List<Reading> open) {
        this.pattern = pattern;
        this.open = open;
    }

    static Members of(String start, SeriesSpec spec) {
        if (spec.filematch().isPresent()) {
            return new Members(new NameGlob(spec.filematch().get()), List.of());
        }
        List<Reading> readings = NameGrammar.readings(Compression.strip(start));
        Reading likeliest = readings.stream().filter(Reading::likely).findFirst().orElseThrow();
        return new Members(likeliest.template(), readings);
    }

    /** Decides by the names that are there; dot files are never looked at. */
    void decide(String start, Collection<String> names) {
        String own = Compression.strip(start);
        for (Reading reading : open) {
            for (String name : names) {
                String identity = Compression.strip(name);
                if (!isHidden(name) && !identity.equals(own) && shows(reading, identity)) {
                    settle(reading);
                    return;
                }
            }
        }
    }

    /** Whether the file belongs to the series. */
    boolean contains(String name, String identity) {
        return read(name, identity).isPresent();
    }

    /** By what a file sorts in the series; empty if it does not belong to it. */
    Optional<NameKey> read(String name, String identity) {
        return isHidden(name) ? Optional.empty() : pattern.read(name, identity);
    }

    /** Lets a name that has appeared decide, if nothing did before. */
    void appeared(String start, String name) {
        if (!open.isEmpty()) {
            decide(start, List.of(name));
        }
    }

    /** Whether a series begun by {@code name} would, or could, be this one. */
    boolean isReadAs(String name, String identity) {
        if (!contains(name, identity) || pattern instanceof NameGlob) {
            return contains(name, identity);
        }
        return NameGrammar.readings(identity).stream()
                .anyMatch(reading -> reading.template().id().equals(pattern.id()));
    }

    NamePattern pattern() {
        return pattern;
    }

    private void settle(Reading reading) {
        pattern = reading.template();
        open = List.of();
    }

    private static boolean shows(Reading reading, String identity) {
        return reading.evidence().matcher(identity).matches();
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".");
    }
}
