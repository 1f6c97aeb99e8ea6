package org.fusedpcap.fs.stream;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** An end that a test sets, and what the stream told of it. */
final class TestEnds implements EndRule {

    final List<String> told = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> rule = segment -> false;

    void set(Predicate<String> ends) {
        rule = ends;
    }

    @Override
    public boolean endsAt(String segment) {
        return rule.test(segment);
    }

    @Override
    public void ended(String last, Optional<String> next) {
        told.add(last + " then " + next.orElse("nothing"));
    }
}
