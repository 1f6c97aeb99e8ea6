package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import org.fusedpcap.fs.linux.FileIdentity;
import org.fusedpcap.fs.linux.FileStatus;
import org.junit.jupiter.api.Test;

class AttributesTest {

    private static FileStatus status(int mode) {
        return status(mode, 1000);
    }

    private static FileStatus status(int mode, int uid) {
        return new FileStatus(new FileIdentity(1, 2, 300, 123_456_789L), mode, uid, 100, 5);
    }

    @Test
    void shouldMirrorACaptureButLetNobodyWriteOrExecuteIt() {
        Attributes attributes = Attributes.capture(status(0100777), 5000);

        assertThat(attributes).isEqualTo(new Attributes(0100444, 1000, 100, 5000, 123_456_789L));
        assertThat(attributes.isDirectory()).isFalse();
        assertThat(Attributes.capture(status(0100640), 1).mode()).isEqualTo(0100440);
    }

    @Test
    void shouldMirrorADirectoryButLetNobodyWriteIt() {
        Attributes attributes = Attributes.directory(status(0041777), status(0040755, 0));

        assertThat(attributes.mode()).isEqualTo(0041555);
        assertThat(attributes.isDirectory()).isTrue();
        assertThat(attributes.size()).isZero();
    }

    @Test
    void shouldGiveADirectoryToAnOrdinaryUserWhoHasMounted() {
        Attributes attributes = Attributes.directory(status(0040555, 0), status(0040755, 1001));

        assertThat(attributes.uid()).isEqualTo(1001);
        assertThat(attributes.mode()).isEqualTo(0040755);
    }

    @Test
    void shouldBeALinkWhereEachWalkIsToLeadElsewhere() {
        assertThat(Attributes.link(status(0040755)).mode()).isEqualTo(0120777);
        assertThat(Attributes.link(status(0040755)).isDirectory()).isFalse();
    }

    @Test
    void shouldGiveControlFilesNoSizeAndTheOwnerOfTheMount() {
        Attributes end = Attributes.control(status(0040700), true, 7);
        Attributes last = Attributes.control(status(0040700), false, 7);

        assertThat(end).isEqualTo(new Attributes(0100644, 1000, 100, 0, 7));
        assertThat(last.mode()).isEqualTo(0100444);
        assertThat(end.withSize(9).size()).isEqualTo(9);
    }
}
