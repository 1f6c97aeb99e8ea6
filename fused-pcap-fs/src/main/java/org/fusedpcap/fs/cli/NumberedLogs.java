package org.fusedpcap.fs.cli;

import ch.qos.logback.core.rolling.RollingPolicyBase;
import ch.qos.logback.core.rolling.RolloverFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Keeps a few old logs as {@code x.log.1} (the youngest), {@code x.log.2} and so on. Logback's own
 * policy takes the name as a pattern, in which a percent sign or a parenthesis of a mount point's
 * name cannot be escaped.
 */
final class NumberedLogs extends RollingPolicyBase {

    private final Path log;
    private final int oldLogs;

    /**
     * @param log the file that is written
     * @param oldLogs how many to keep beside it
     */
    NumberedLogs(Path log, int oldLogs) {
        this.log = log;
        this.oldLogs = oldLogs;
    }

    @Override
    public void rollover() throws RolloverFailure {
        try {
            for (int number = oldLogs; number > 0; number--) {
                Path younger = numbered(number - 1);
                if (Files.exists(younger)) {
                    Files.move(younger, numbered(number), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new RolloverFailure("cannot roll over " + log, e);
        }
    }

    private Path numbered(int number) {
        return number == 0 ? log : log.resolveSibling(log.getFileName() + "." + number);
    }

    @Override
    public String getActiveFileName() {
        return log.toString();
    }
}
