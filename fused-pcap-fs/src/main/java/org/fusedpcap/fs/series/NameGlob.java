package org.fusedpcap.fs.series;

import java.util.Optional;
import org.fusedpcap.fs.options.Wildcard;

/**
 * A series named by hand ({@code filematch}).
 *
 * @param glob wildcards {@code *} and {@code ?}, matched against whole names
 */
record NameGlob(String glob) implements NamePattern {

    @Override
    public String id() {
        return "filematch=" + glob;
    }

    @Override
    public Optional<NameKey> read(String name, String identity) {
        Wildcard wildcard = new Wildcard(glob);
        boolean matches = wildcard.matches(name) || wildcard.matches(identity);
        return matches ? Optional.of(new NameKey(0, identity)) : Optional.empty();
    }

    @Override
    public Numbering numbering() {
        return Numbering.COUNT;
    }
}
