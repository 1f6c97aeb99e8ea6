package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.file.Path;
import org.fusedpcap.fs.linux.LibC;

/** Takes a mount away without looking at it: the process that serves it must not touch it. */
final class Unmount {

    private static final int MNT_DETACH = 2;

    private Unmount() {}

    /** Detaches now, also where it is in use; the rest goes with its last user. */
    static void lazily(Path mountPoint) throws IOException {
        if (LibC.INSTANCE.umount2(mountPoint.toString(), MNT_DETACH) != 0) {
            withFusermount(mountPoint);
        }
    }

    /** An ordinary user may not unmount; the set-user-ID helper may, what that user has mounted. */
    private static void withFusermount(Path mountPoint) throws IOException {
        Process helper =
                new ProcessBuilder("fusermount", "-u", "-z", mountPoint.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            if (helper.waitFor() != 0) {
                throw new IOException("fusermount -u failed with status " + helper.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
