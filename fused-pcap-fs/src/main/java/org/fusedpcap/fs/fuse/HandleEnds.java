package org.fusedpcap.fs.fuse;

import java.util.Optional;
import org.fusedpcap.fs.control.ControlFiles;
import org.fusedpcap.fs.options.names.ControlName;
import org.fusedpcap.fs.stream.EndRule;

/** The ends that control files set for one handle. */
final class HandleEnds implements EndRule {

    private final ControlFiles files;
    private final Readers readers;

    HandleEnds(ControlFiles files, Readers readers) {
        this.files = files;
        this.readers = readers;
    }

    @Override
    public boolean endsAt(String segment) {
        return files.endAt(segment, readers.processes()).isPresent();
    }

    @Override
    public void ended(String last, Optional<String> next) {
        ControlName end =
                files.endAt(last, readers.processes()).orElse(ControlName.of(ControlName.Kind.END));
        files.recordEnd(end, last, next.orElse(""));
    }
}
