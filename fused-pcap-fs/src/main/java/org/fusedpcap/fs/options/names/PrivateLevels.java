package org.fusedpcap.fs.options.names;

import java.util.Optional;

/**
 * The private directories that exist now: {@code .p/17} is where one walk through the path level
 * {@code keepcache} was led, and it remembers that level. Implementations are thread-safe.
 */
@FunctionalInterface
public interface PrivateLevels {

    /**
     * The options, as the path level had them, or empty if there is no such directory (any more).
     */
    Optional<String> levelOf(long id);
}
