package org.fusedpcap.fs.fuse;

import java.util.Optional;
import org.fusedpcap.fs.control.ControlFiles;
import org.fusedpcap.fs.options.names.ControlName;
import org.fusedpcap.fs.series.Compression;
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
        return endAt(segment).isPresent();
    }

    @Override
    public void ended(String last, Optional<String> next) {
        ControlName end = endAt(last).orElse(ControlName.of(ControlName.Kind.END));
        files.recordEnd(end, last, next.orElse(""));
    }

    /** A compressed segment still has its first name, too. */
    private Optional<ControlName> endAt(String segment) {
        return files.endAt(segment, readers.processes())
                .or(() -> files.endAt(Compression.strip(segment), readers.processes()));
    }
}
