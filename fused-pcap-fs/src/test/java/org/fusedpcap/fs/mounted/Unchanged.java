package org.fusedpcap.fs.mounted;

import java.util.Optional;
import org.hamcrest.CustomTypeSafeMatcher;

/**
 * Matches a value that is the same as when it was looked at last, and not the first one.
 *
 * @param <T> the value's type
 */
final class Unchanged<T> extends CustomTypeSafeMatcher<T> {

    private Optional<T> last = Optional.empty();

    Unchanged() {
        super("as it was");
    }

    @Override
    protected boolean matchesSafely(T value) {
        boolean same = last.filter(value::equals).isPresent();
        last = Optional.of(value);
        return same;
    }
}
