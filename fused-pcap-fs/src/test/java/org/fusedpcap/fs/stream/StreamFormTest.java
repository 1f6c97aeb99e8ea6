package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.rewrite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamFormTest {

    @TempDir Path directory;

    @Test
    void shouldBeginOnlyOnceTheHeaderCouldBeRead() throws IOException {
        Path path = Files.write(directory.resolve("f1"), capture(0, 2));
        StreamForm form =
                StreamForm.withSnaplen(new StreamEvents(), header -> header.snaplen() + 1);
        ReadPosition segment = ReadPosition.open(SegmentFiles.anywhere(), path);
        try {
            segment.look();
            CaptureHeader header = segment.header().orElseThrow();

            rewrite(path, new byte[0]);
            assertThatThrownBy(() -> form.enter(segment, header)).isInstanceOf(IOException.class);
            assertThat(form.isKnown()).isFalse();

            rewrite(path, capture(0, 2));
            assertThat(form.enter(segment, header)).isEmpty();
            assertThat(segment.inFile(0)).as("the stream begins with a file header").isZero();
            assertThat(form.isKnown()).isTrue();
        } finally {
            segment.release();
        }
    }
}
