package org.fusedpcap.fs.linux;

import static org.assertj.core.api.Assertions.assertThat;

import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritersTest {

    private static final int EAGAIN = Errno.EAGAIN.intValue();
    private static final int EXT4 = 0xef53;
    private static final int TMPFS = 0x01021994;
    private static final int OVERLAY = 0x794c7630;
    private static final int FUSE = 0x65735546;
    private static final int NFS = 0x6969;
    private static final int CIFS = 0xff534d42;
    private static final int SMB2 = 0xfe534d42;
    private static final int GPFS = 0x47504653;

    @ParameterizedTest
    @ValueSource(ints = {EXT4, TMPFS, OVERLAY, FUSE})
    void shouldTakeARefusalForAWriterWhereTheKernelCountsThem(int type) {
        assertThat(Writers.ofRefusal(EAGAIN, type)).isEqualTo(Writers.SOME);
    }

    @ParameterizedTest
    @ValueSource(ints = {NFS, CIFS, SMB2, GPFS})
    void shouldNotTakeARefusalForAWriterWhereAServerMayBeWhatRefuses(int type) {
        assertThat(Writers.ofRefusal(EAGAIN, type)).isEqualTo(Writers.UNKNOWN);
    }

    @Test
    void shouldNotKnowWhyElseALeaseIsRefused() {
        assertThat(Writers.ofRefusal(Errno.EACCES.intValue(), EXT4)).isEqualTo(Writers.UNKNOWN);
        assertThat(Writers.ofRefusal(Errno.EINVAL.intValue(), NFS)).isEqualTo(Writers.UNKNOWN);
    }
}
