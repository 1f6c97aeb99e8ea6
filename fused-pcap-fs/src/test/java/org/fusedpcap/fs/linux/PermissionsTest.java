package org.fusedpcap.fs.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {

    private static final int OWNER = 1000;
    private static final int GROUP = 100;

    private static final User OWNING = new User(OWNER, 7, Set.of(GROUP), true);
    private static final User MEMBER = new User(1001, GROUP, Set.of(), true);
    private static final User ALSO_MEMBER = new User(1001, 7, Set.of(8, GROUP), true);
    private static final User OTHER = new User(1001, 7, Set.of(8), true);
    private static final User UNKNOWN = User.ofUnknownGroups(1001, 7);

    private static Permissions mode(String octal) {
        return new Permissions(Integer.parseInt(octal, 8), OWNER, GROUP);
    }

    @ParameterizedTest
    @CsvSource({
        "400, true, false, false",
        "040, false, true, false",
        "004, false, false, true",
        "644, true, true, true",
        "640, true, true, false",
        "600, true, false, false",
        "733, true, false, false",
        "000, false, false, false",
    })
    void shouldGoByTheBitsOfTheClassThatAUserIsIn(
            String mode, boolean owner, boolean member, boolean other) {
        assertThat(mode(mode).letRead(OWNING)).isEqualTo(owner);
        assertThat(mode(mode).letRead(MEMBER)).isEqualTo(member);
        assertThat(mode(mode).letRead(ALSO_MEMBER)).isEqualTo(member);
        assertThat(mode(mode).letRead(OTHER)).isEqualTo(other);
        assertThat(mode(mode).letRead(UNKNOWN)).isEqualTo(member && other);
        assertThat(mode(mode).letRead(User.ROOT)).isTrue();
    }

    @Test
    void shouldBeThoseOfTheFileNow(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("f"));
        for (String mode : new String[] {"rw-------", "rw-r-----", "r--r--r--"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            int owner = (int) Files.getAttribute(file, "unix:uid");
            int group = (int) Files.getAttribute(file, "unix:gid");
            User stranger = new User(owner + 1, group + 1, Set.of(), true);
            User member = new User(owner + 1, group + 1, Set.of(group), true);

            Permissions found = FileStatus.of(file).permissions();

            assertThat(found.letRead(new User(owner, group + 1, Set.of(), true))).isTrue();
            assertThat(found.letRead(member)).isEqualTo(!mode.equals("rw-------"));
            assertThat(found.letRead(stranger)).isEqualTo(mode.equals("r--r--r--"));
            try (NativeFile open = NativeFile.open(file)) {
                assertThat(open.permissions()).isEqualTo(found);
            }
        }
    }
}
