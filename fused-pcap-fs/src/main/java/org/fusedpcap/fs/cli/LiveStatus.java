package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * Shows mounts on the terminal, anew every second, until q, Escape, Ctrl-C or Ctrl-D. The terminal
 * is left as it was found, also when a signal ends the program.
 */
final class LiveStatus {

    private static final long REFRESH_MS = 1000;

    /** The first look is taken soon after the mounts were asked for the first time. */
    private static final long FIRST_REFRESH_MS = 100;

    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;
    private static final int ESCAPE = 27;

    /** Says which mounts there are. */
    @FunctionalInterface
    interface Places {
        List<Path> find() throws CommandException;
    }

    private final Places places;
    private final TreeMap<Path, WatchedMount> mounts = new TreeMap<>();
    private final AtomicBoolean resized = new AtomicBoolean(true);
    private final AtomicBoolean restored = new AtomicBoolean();
    private volatile boolean interrupted;

    LiveStatus(Places places) {
        this.places = places;
    }

    /** Shows them; returns when the user has had enough. */
    void show() throws CommandException {
        try (Terminal terminal =
                TerminalBuilder.builder()
                        .system(true)
                        .provider("exec")
                        .encoding(StandardCharsets.UTF_8)
                        .nativeSignals(true)
                        .build()) {
            show(terminal);
        } catch (IOException e) {
            throw new CommandException(ExitCode.SYSTEM, "the terminal: " + Errors.reason(e));
        } finally {
            mounts.values().forEach(WatchedMount::close);
        }
    }

    private void show(Terminal terminal) throws IOException, CommandException {
        Thread main = Thread.currentThread();
        terminal.handle(Signal.WINCH, signal -> resized.set(true));
        terminal.handle(
                Signal.INT,
                signal -> {
                    interrupted = true;
                    main.interrupt();
                });
        Attributes before = terminal.enterRawMode();
        Thread hook = new Thread(() -> restore(terminal, before), "restore the terminal");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            terminal.puts(Capability.enter_ca_mode);
            terminal.puts(Capability.cursor_invisible);
            run(terminal);
        } finally {
            restore(terminal, before);
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs already, and restores what is restored.
            return;
        }
    }

    private void restore(Terminal terminal, Attributes before) {
        if (restored.compareAndSet(false, true)) {
            terminal.puts(Capability.cursor_normal);
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
            terminal.setAttributes(before);
        }
    }

    private void run(Terminal terminal) throws IOException, CommandException {
        Display display = new Display(terminal, true);
        StatusView view = new StatusView(new Colours(System.getenv("NO_COLOR")));
        long refreshMs = FIRST_REFRESH_MS;
        do {
            findMounts();
            mounts.values().forEach(WatchedMount::ask);
            draw(terminal, display, view);
            if (isToEnd(terminal.reader(), refreshMs)) {
                return;
            }
            refreshMs = REFRESH_MS;
        } while (!interrupted);
    }

    private void findMounts() throws CommandException {
        List<Path> there = places.find();
        for (Path place : there) {
            mounts.computeIfAbsent(place, WatchedMount::new);
        }
        for (Path place : List.copyOf(mounts.keySet())) {
            if (!there.contains(place)) {
                mounts.remove(place).close();
            }
        }
    }

    private void draw(Terminal terminal, Display display, StatusView view) {
        Size size = terminal.getSize();
        if (resized.getAndSet(false)) {
            display.resize(size.getRows(), size.getColumns());
            display.clear();
        }
        List<AttributedString> lines =
                view.lines(new ArrayList<>(mounts.values()), size.getRows(), size.getColumns());
        display.update(lines, 0);
    }

    /** Waits for a key, a resize or the next round; says whether that key ends the program. */
    private boolean isToEnd(NonBlockingReader keys, long waitMs) throws IOException {
        try {
            int key = keys.read(waitMs);
            return switch (key) {
                case 'q', 'Q', CTRL_C, CTRL_D, ESCAPE, NonBlockingReader.EOF -> true;
                default -> interrupted;
            };
        } catch (IOException e) {
            if (interrupted) {
                return true;
            }
            throw e;
        }
    }
}
