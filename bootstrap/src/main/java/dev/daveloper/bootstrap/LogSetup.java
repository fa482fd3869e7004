package dev.daveloper.bootstrap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.daveloper.bootstrap.config.LogConfig;
import dev.daveloper.http.security.AdminAudit;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets the logging library up by the configuration, in code: parsing a file of its own would slow the start. */
final class LogSetup {
    /** The library's own switch: who sets it wants a set-up of their own. */
    private static final String OWN_FILE = "logback.configurationFile";

    /** Under which names the transports tell the log of their requests. */
    static final String REQUEST_ID = "requestId";

    static final String TRACE_ID = "traceId";

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
        stderr.setEncoder(encoder(context, isJson(config.format())));
        stderr.start();

        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(stderr);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        Level level = Level.valueOf(config.level().name());
        context.getLogger("daveloper").setLevel(level);
        context.getLogger("dev.daveloper").setLevel(level);
        // What administrators do is told at every level.
        context.getLogger(AdminAudit.LOGGER).setLevel(Level.INFO);
        // A start that fails is told by us, in one sentence.
        context.getLogger("io.javalin.Javalin").setLevel(Level.OFF);
        // A connection that is lost in mid-answer is told by the run's ending; it would come with a stack trace here.
        context.getLogger("io.grpc.netty").setLevel(Level.ERROR);
        // It quotes headers that are sent twice; who sent them is told by the answer.
        context.getLogger("org.eclipse.jetty.http.HttpParser").setLevel(Level.ERROR);
        // What becomes of spans is told by us, once, and counted; it would tell with a stack trace each.
        context.getLogger("io.opentelemetry").setLevel(Level.OFF);
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

    static Encoder<ILoggingEvent> encoder(LoggerContext context, boolean asJson) {
        Encoder<ILoggingEvent> encoder = asJson ? new JsonLines() : text(context);
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        TextLines lines = new TextLines();
        lines.setContext(context);
        lines.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(lines);
        return encoder;
    }
}
