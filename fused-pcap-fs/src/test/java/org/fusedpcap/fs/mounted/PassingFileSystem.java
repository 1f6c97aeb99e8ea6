package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import jnr.ffi.Pointer;
import ru.serce.jnrfuse.ErrorCodes;
import ru.serce.jnrfuse.FuseFillDir;
import ru.serce.jnrfuse.FuseStubFS;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.FuseFileInfo;

/**
 * Shows the files of a directory, as a network file system would: the kernel is not told when they
 * change. And it is a disk that can be broken: while there is a file {@code .bad.NAME} with an
 * offset in it, what is in NAME from that offset on cannot be read.
 */
public final class PassingFileSystem extends FuseStubFS {

    private static final String BAD = ".bad.";

    private final Path source;

    private PassingFileSystem(Path source) {
        this.source = source;
    }

    /**
     * Serves until it is unmounted.
     *
     * @param arguments the directory to show, and where
     */
    public static void main(String[] arguments) {
        PassingFileSystem shown = new PassingFileSystem(Path.of(arguments[0]));
        String[] options = {"-o", "direct_io,attr_timeout=0,entry_timeout=0"};
        shown.mount(Path.of(arguments[1]), true, false, options);
    }

    /** Breaks the disk under a file. */
    static void breakAt(Path file, long offset) throws IOException {
        Files.writeString(bad(file), Long.toString(offset));
    }

    /** Mends the disk under a file. */
    static void mend(Path file) throws IOException {
        Files.delete(bad(file));
    }

    private static Path bad(Path file) {
        return file.resolveSibling(BAD + file.getFileName());
    }

    private Path real(String path) {
        return source.resolve(path.substring(1));
    }

    /** What a callback does. */
    private interface Operation {
        int run() throws IOException;
    }

    private static int answer(Operation operation) {
        try {
            return operation.run();
        } catch (NoSuchFileException e) {
            return -ErrorCodes.ENOENT();
        } catch (IOException | UncheckedIOException e) {
            return -ErrorCodes.EIO();
        }
    }

    @Override
    public int getattr(String path, FileStat stat) {
        return answer(
                () -> {
                    Path file = real(path);
                    boolean directory = Files.isDirectory(file);
                    stat.st_mode.set((directory ? FileStat.S_IFDIR : FileStat.S_IFREG) | 0755);
                    stat.st_nlink.set(1);
                    stat.st_size.set(Files.size(file));
                    long modified = Files.getLastModifiedTime(file).toMillis();
                    stat.st_mtim.tv_sec.set(modified / 1000);
                    stat.st_mtim.tv_nsec.set(modified % 1000 * 1_000_000);
                    return 0;
                });
    }

    @Override
    public int readdir(
            String path, Pointer buffer, FuseFillDir filler, long offset, FuseFileInfo info) {
        return answer(
                () -> {
                    try (Stream<Path> files = Files.list(real(path))) {
                        files.map(file -> file.getFileName().toString())
                                .filter(name -> !name.startsWith(BAD))
                                .forEach(name -> filler.apply(buffer, name, null, 0));
                    }
                    return 0;
                });
    }

    @Override
    public int read(String path, Pointer buffer, long size, long offset, FuseFileInfo info) {
        return answer(() -> read(real(path), buffer, (int) size, offset));
    }

    private static int read(Path file, Pointer buffer, int size, long offset) throws IOException {
        long readable =
                Files.exists(bad(file))
                        ? Long.parseLong(Files.readString(bad(file)))
                        : offset + size;
        if (offset >= readable) {
            return -ErrorCodes.EIO();
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, readable - offset));
        try (FileChannel channel = FileChannel.open(file)) {
            int got = Math.max(0, channel.read(bytes, offset));
            buffer.put(0, bytes.array(), 0, got);
            return got;
        }
    }
}
