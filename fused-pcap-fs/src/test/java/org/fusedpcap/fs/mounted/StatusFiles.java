package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.fusedpcap.fs.status.MetricsFormat;
import org.fusedpcap.fs.status.StatusReport;
import org.fusedpcap.fs.status.StatusReport.Section;

/**
 * What a mount says of itself.
 *
 * @param mount the mount
 */
record StatusFiles(Mount mount) {

    StatusReport status() {
        return StatusReport.parse(read(".status"));
    }

    MetricsFormat metrics() {
        return MetricsFormat.parse(read(".metrics"));
    }

    private String read(String name) {
        try {
            return new String(Files.readAllBytes(mount.path(name)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The open streams on a path, in the order of their opening. */
    List<Section> streams(String path) {
        return ofPath("stream", path);
    }

    private List<Section> ofPath(String what, String path) {
        return status().about(what).stream().filter(one -> one.path().equals(path)).toList();
    }

    /** The one open stream on a path. */
    Section stream(String path) {
        List<Section> streams = streams(path);
        assertThat(streams).as(path).hasSize(1);
        return streams.get(0);
    }

    /** The one cluster on a path. */
    Section cluster(String path) {
        List<Section> clusters = ofPath("cluster", path);
        assertThat(clusters).as(path).hasSize(1);
        return clusters.get(0);
    }

    /** What was counted since the mount. */
    long total(String key) {
        return status().titled("since the mount").amount(key);
    }
}
