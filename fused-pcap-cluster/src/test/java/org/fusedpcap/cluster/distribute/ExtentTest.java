package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtentTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1",
        "131071, 131071, 131072",
        "1, 0, 536870911",
        "65536, 70000, 61072",
    })
    void shouldGiveBackWhatWasPacked(int slab, int offset, int length) {
        long extent = Extent.of(slab, offset, length);

        assertThat(Extent.slab(extent)).isEqualTo(slab);
        assertThat(Extent.offset(extent)).isEqualTo(offset);
        assertThat(Extent.length(extent)).isEqualTo(length);
        assertThat(Extent.isInOtherOrder(extent)).isFalse();
        assertThat(Extent.isInOtherOrder(Extent.inOtherOrder(extent))).isTrue();
        assertThat(Extent.slab(Extent.inOtherOrder(extent))).isEqualTo(slab);
        assertThat(Extent.length(Extent.inOtherOrder(extent))).isEqualTo(length);
    }
}
