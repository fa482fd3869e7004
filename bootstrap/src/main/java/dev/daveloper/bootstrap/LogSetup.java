package dev.daveloper.bootstrap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.daveloper.bootstrap.config.LogConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets the logging library up by the configuration, in code: parsing a file of its own would slow the start. */
final class LogSetup {
    /** The library's own switch: who sets it wants a set-up of their own. */
    private static final String OWN_FILE = "logback.configurationFile";

    /** A line stays a line, whatever a library puts into a message. */
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %replace(%msg %kvp{NONE}){'[\\r\\n]+', ' '}%n";

    private LogSetup() {}

    static void apply(LogConfig config) {
        if (System.getProperty(OWN_FILE) != null) {
            return;
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        bridge(context);

        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setTarget("System.err");
        stderr.setEncoder(isJson(config.format()) ? json(context) : text(context));
        stderr.start();

        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(stderr);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        Level level = Level.valueOf(config.level().name());
        context.getLogger("daveloper").setLevel(level);
        context.getLogger("dev.daveloper").setLevel(level);
        // A start that fails is told by us, in one sentence.
        context.getLogger("io.javalin.Javalin").setLevel(Level.OFF);
        // A connection that is lost in mid-answer is told by the run's ending; it would come with a stack trace here.
        context.getLogger("io.grpc.netty").setLevel(Level.ERROR);
        // It quotes headers that are sent twice; who sent them is told by the answer.
        context.getLogger("org.eclipse.jetty.http.HttpParser").setLevel(Level.ERROR);
        // It warns once about a module that makes vectors faster, of which there are none here.
        context.getLogger("org.apache.lucene").setLevel(Level.ERROR);
    }

    /** JDK 22 to 24 have a console without a terminal, but for -Djdk.console=java.base, which the launcher gives. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isJson(LogConfig.Format format) {
        return switch (format) {
            case JSON -> true;
            case TEXT -> false;
            case AUTO -> System.console() == null;
        };
    }

    private static void bridge(LoggerContext context) {
        LevelChangePropagator propagator = new LevelChangePropagator();
        propagator.setContext(context);
        propagator.setResetJUL(true);
        propagator.start();
        context.addListener(propagator);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMDC(false);
        encoder.setWithArguments(false);
        encoder.setWithMessage(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        return encoder;
    }
}
