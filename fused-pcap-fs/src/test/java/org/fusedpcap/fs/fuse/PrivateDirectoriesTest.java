package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrivateDirectoriesTest {

    private final PrivateDirectories directories = new PrivateDirectories();

    @Test
    void shouldMakeANewOneForEachWalk() {
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(ids.add(directories.create("keepcache", 0))).isTrue();
        }
        assertThat(directories.size()).isEqualTo(100);
    }

    @Test
    void shouldKnowTheLevelItStandsFor() {
        long one = directories.create("keepcache", 0);
        long other = directories.create("keepcache,clustersize=4", 0);

        assertThat(directories.levelOf(one)).contains("keepcache");
        assertThat(directories.levelOf(other)).contains("keepcache,clustersize=4");
        assertThat(directories.levelOf(other + 1)).isEmpty();
        assertThat(directories.levelOf(0)).isEmpty();
    }

    @Test
    void shouldMindNothingThatIsOpenedOutsideOfThem() {
        directories.opened(0);
        directories.closed(0);

        assertThat(directories.size()).isZero();
    }

    @Test
    void shouldStayWhileAndAfterSomethingInItIsOpen() {
        long id = directories.create("keepcache", 0);
        directories.opened(id);
        directories.closed(id);

        assertThat(directories.levelOf(id)).contains("keepcache");
    }

    @Test
    void shouldForgetTheOldestWhenThereAreVeryManyButNoneThatIsInUse() {
        long inUse = directories.create("keepcache", 0);
        directories.opened(inUse);
        for (int i = 0; i < 2 * PrivateDirectories.MOST_UNOPENED; i++) {
            directories.create("keepcache", 0);
        }

        assertThat(directories.size()).isEqualTo(PrivateDirectories.MOST_UNOPENED + 1);
        assertThat(directories.levelOf(inUse)).contains("keepcache");
        directories.closed(inUse);
        assertThat(directories.levelOf(inUse)).contains("keepcache");
    }

    @Test
    void shouldBelongToWhoeverWasLedThere() {
        long id = directories.create("keepcache", 1000);

        assertThat(directories.isOf(id, 1000)).isTrue();
        assertThat(directories.isOf(id, 1001)).isFalse();
        assertThat(directories.isOf(id + 1, 1000)).isFalse();
    }
}
