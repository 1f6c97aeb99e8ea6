package org.fusedpcap.fs.series;

import org.apache.commons.io.FilenameUtils;
import org.apache.commons.io.IOCase;

/**
 * A series named by hand ({@code filematch}).
 *
 * @param glob wildcards {@code *} and {@code ?}, matched against whole names
 */
record NameGlob(String glob) implements NamePattern {

    @Override
    public String id() {
        return "glob " + glob;
    }

    @Override
    public boolean matches(String name, String identity) {
        return FilenameUtils.wildcardMatch(name, glob, IOCase.SENSITIVE)
                || FilenameUtils.wildcardMatch(identity, glob, IOCase.SENSITIVE);
    }

    @Override
    public String sortKey(String identity) {
        return identity;
    }

    @Override
    public Numbering numbering() {
        return Numbering.COUNT;
    }
}
