package org.fusedpcap.fs.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;

/**
 * Logback, set up in code: reading a file of XML would be a good part of the time to the mount. It
 * does nothing until a command has said where to log, so tests, and a configuration file named with
 * {@code -Dlogback.configurationFile}, have their way.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    /** The log file's name, or {@link #STANDARD_ERROR}. */
    private static final String TARGET_PROPERTY = "fusedpcap.log.target";

    private static final String STANDARD_ERROR = "-";
    // A file name may have newlines in it; an event is one line.
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %replace(%msg){'\\p{Cntrl}', '?'}%n";
    private static final FileSize LARGEST_FILE = FileSize.valueOf("4MB");
    private static final int OLD_FILES = 3;
    private static final Duration CHECK_INTERVAL = Duration.buildByMilliseconds(1);

    /** For the service loader. */
    public LogConfigurator() {}

    /** Log to this file from now on; to be called before the first logger is made. */
    static void toFile(Path file) {
        System.setProperty(TARGET_PROPERTY, file.toString());
    }

    /** Log to the standard error from now on; to be called before the first logger is made. */
    static void toStandardError() {
        System.setProperty(TARGET_PROPERTY, STANDARD_ERROR);
    }

    /**
     * Whatever logback does by itself, from now on; to be called before the first logger is made.
     */
    static void leaveAlone() {
        System.clearProperty(TARGET_PROPERTY);
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        String target = System.getProperty(TARGET_PROPERTY);
        if (target == null || System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        // It tells how it was configured, which nobody asked.
        context.getLogger("org.pcap4j").setLevel(Level.WARN);
        root.addAppender(
                target.equals(STANDARD_ERROR) ? standardError(context) : file(context, target));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Appender<ILoggingEvent> standardError(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setTarget("System.err");
        return started(appender, context);
    }

    // A log never takes more than (OLD_FILES + 1) * LARGEST_FILE.
    private static Appender<ILoggingEvent> file(LoggerContext context, String file) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setFile(file);
        appender.setTriggeringPolicy(trigger(context));
        appender.setRollingPolicy(rolling(context, appender, file));
        return started(appender, context);
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> trigger(LoggerContext context) {
        SizeBasedTriggeringPolicy<ILoggingEvent> policy = new SizeBasedTriggeringPolicy<>();
        policy.setContext(context);
        policy.setMaxFileSize(LARGEST_FILE);
        // By default it looks at the size once a minute.
        policy.setCheckIncrement(CHECK_INTERVAL);
        policy.start();
        return policy;
    }

    private static NumberedLogs rolling(
            LoggerContext context, RollingFileAppender<ILoggingEvent> appender, String file) {
        NumberedLogs policy = new NumberedLogs(Path.of(file), OLD_FILES);
        policy.setContext(context);
        policy.setParent(appender);
        policy.start();
        return policy;
    }

    private static Appender<ILoggingEvent> started(
            OutputStreamAppender<ILoggingEvent> appender, LoggerContext context) {
        appender.setContext(context);
        appender.setEncoder(encoder(context));
        appender.start();
        return appender;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }
}
