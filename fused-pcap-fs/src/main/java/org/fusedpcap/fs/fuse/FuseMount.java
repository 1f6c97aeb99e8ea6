package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import jnr.ffi.byref.IntByReference;
import jnr.ffi.byref.PointerByReference;
import org.fusedpcap.fs.options.MountOptions;
import org.fusedpcap.fs.series.UnreadableNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source shown at one mount point; used once.
 *
 * <p>{@link #run} and {@link #stop} may be called by different threads. Whoever stops sets {@link
 * #stopping} first and then looks for the mount; whoever mounts publishes it first and then looks
 * whether to stop: so one of the two unmounts.
 */
public final class FuseMount {

    private static final Logger LOG = LoggerFactory.getLogger(FuseMount.class);

    private static final LibFuse FUSE = LibFuse.INSTANCE;

    private final Path source;
    private final Path mountPoint;
    private final MountOptions options;
    private final Interrupts interrupts = new Interrupts();
    private final FuseOperations operations;
    private final PcapFileSystem fileSystem;

    private volatile boolean stopping;

    /** Set before {@link #loop}. */
    private volatile OwnMount mount;

    private volatile SessionLoop loop;

    /**
     * @param source the directory with the captures, absolute
     * @param mountPoint an existing directory, absolute
     * @throws IOException if the source cannot be looked at
     */
    public FuseMount(Path source, Path mountPoint, MountOptions options) throws IOException {
        this.source = source;
        this.mountPoint = mountPoint;
        this.options = options;
        this.fileSystem = new PcapFileSystem(source, mountPoint, options);
        this.operations = new FuseOperations(fileSystem, new Waiting(interrupts));
    }

    /**
     * Mounts, and serves until the file system is unmounted, by {@link #stop} or by umount(8).
     *
     * @throws MountFailedException if it could not be mounted; libfuse has said why on stderr
     */
    public void run() throws MountFailedException {
        PointerByReference mounted = new PointerByReference();
        Pointer fuse = setUp(mounted);
        try (IdlePolling polling = IdlePolling.of(options.idle())) {
            OwnMount own = OwnMount.at(mountPoint);
            SessionLoop serving =
                    new SessionLoop(
                            fuse,
                            interrupts,
                            operations::quickReads,
                            () -> ReadAhead.extend(own),
                            operations::stop,
                            polling);
            mount = own;
            loop = serving;
            LOG.info("{} is mounted on {}", source, mountPoint);
            if (UnreadableNames.isLocaleToBlame()) {
                LOG.warn("the locale is not UTF-8: only files with names of ASCII are shown");
            }
            if (stopping) {
                unmount();
            }
            fileSystem.prepare();
            serving.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        } finally {
            operations.stop();
            // A connection that was cut leaves its name behind, dead.
            unmount();
            FUSE.fuse_teardown(fuse, mounted.getValue());
            operations.closeHandles();
            fileSystem.close();
            LOG.info("{} is unmounted", mountPoint);
        }
    }

    private Pointer setUp(PointerByReference mounted) throws MountFailedException {
        String[] arguments = arguments().toArray(String[]::new);
        Pointer fuse =
                FUSE.fuse_setup(
                        arguments.length,
                        arguments,
                        operations.table(),
                        operations.tableLength(),
                        mounted,
                        new IntByReference(),
                        null);
        if (fuse == null) {
            fileSystem.close();
            throw new MountFailedException("cannot mount on " + mountPoint);
        }
        return fuse;
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("fused-pcap");
        arguments.add("-f");
        arguments.add("-o");
        arguments.add(FuseOptions.of(source, options));
        arguments.add(mountPoint.toString());
        return arguments;
    }

    /**
     * Has the file system stop: whoever waits for packets gets an error, and the mount goes away.
     * Files that are still open are served until they are closed: a close waits for an answer, too.
     * May be called by any thread, at any time, several times.
     */
    public void stop() {
        stopping = true;
        operations.stop();
        if (loop != null) {
            unmount();
        }
    }

    private void unmount() {
        if (mount == null || !mount.isOnTop()) {
            // Its name is gone, or leads to another mount: it ends with its last user.
            return;
        }
        try {
            Unmount.lazily(mountPoint);
        } catch (IOException e) {
            LOG.error("cannot unmount {}: {}", mountPoint, e.getMessage());
            loop.stop();
        }
    }
}
