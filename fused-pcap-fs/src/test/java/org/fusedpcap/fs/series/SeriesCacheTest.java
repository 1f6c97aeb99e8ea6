package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesCacheTest {

    @TempDir Path path;

    private SeriesCache cache() {
        return new SeriesCache(path, new CapturePacketTimes(), new CatchUp(() -> true));
    }

    @Test
    void shouldTellASeriesWhatHappensWhileItIsFilled() throws IOException {
        SeriesCache cache = cache();

        Series filled =
                cache.add(
                        "f1",
                        SeriesSpec.DEFAULT,
                        updater -> {
                            assertThat(cache.live()).hasSize(1);
                            updater.begin(List.of());
                        });

        assertThat(cache.live()).containsExactly(filled);
    }

    @Test
    void shouldForgetASeriesThatCouldNotBeFilled() {
        SeriesCache cache = cache();

        assertThatThrownBy(
                        () ->
                                cache.add(
                                        "f1",
                                        SeriesSpec.DEFAULT,
                                        updater -> {
                                            throw new IOException("not listed");
                                        }))
                .hasMessage("not listed");
        assertThatThrownBy(
                        () ->
                                cache.add(
                                        "f1",
                                        SeriesSpec.DEFAULT,
                                        updater -> {
                                            throw new OutOfMemoryError("as if");
                                        }))
                .hasMessage("as if");

        assertThat(cache.live()).isEmpty();
    }
}
