package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.linux.ErrnoException;
import org.junit.jupiter.api.Test;

class ErrnoTest {

    @Test
    void shouldAnswerWhatTheContractSays() {
        assertThat(Errno.of(new NoSuchFileException("f1"))).isEqualTo(Errno.ENOENT);
        assertThat(Errno.of(new AccessDeniedException("f1"))).isEqualTo(Errno.EACCES);
        assertThat(Errno.of(new NotDirectoryException("f1"))).isEqualTo(Errno.ENOTDIR);
        assertThat(Errno.of(new InvalidCaptureException("odd"))).isEqualTo(Errno.EINVAL);
        assertThat(Errno.of(new ErrnoException("read f1", 5))).isEqualTo(Errno.EIO);
        assertThat(Errno.of(new IOException("f2 cannot follow f1"))).isEqualTo(Errno.EIO);
    }

    @Test
    void shouldHaveTheNumbersOfTheKernel() {
        for (Errno errno : Errno.values()) {
            int number = jnr.constants.platform.linux.Errno.valueOf(errno.name()).intValue();
            assertThat(errno.result()).as(errno.name()).isEqualTo(-number);
        }
    }
}
