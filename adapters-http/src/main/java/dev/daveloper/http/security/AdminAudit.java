package dev.daveloper.http.security;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes what administrators do to the logger {@value #LOGGER}: one line at INFO for each call with an admin key, when
 * it is answered, and lines at WARN for calls with something that was meant to be one. Of those at most
 * {@value #REFUSALS} a minute are written; the next one says how many were not. A line holds the key's name, the method,
 * the route's pattern, the first id of ours in the path and the status: no key, no query, no text.
 */
public final class AdminAudit {
    public static final String LOGGER = "daveloper.audit";

    static final int REFUSALS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final Pattern ID = Pattern.compile("(?<=/)[a-z]{2,8}_[0-9a-hjkmnp-tv-z]{26}(?=/|$)");

    private final Admins admins;
    private final LineBudget refusals = new LineBudget(REFUSALS, Duration.ofMinutes(1), System::nanoTime);

    public AdminAudit(Admins admins) {
        this.admins = admins;
    }

    public void register(RoutesConfig routes) {
        routes.after(this::write);
    }

    private void write(Context ctx) {
        admins.nameOf(ctx.req())
                .ifPresentOrElse(
                        name -> about(LOG.atInfo().addKeyValue("key", name), ctx)
                                .log("administrator called"),
                        () -> refused(ctx));
    }

    private void refused(Context ctx) {
        if (!Admins.wasRefused(ctx.req())) {
            return;
        }
        OptionalLong unwritten = refusals.take();
        if (unwritten.isPresent()) {
            LoggingEventBuilder line = about(LOG.atWarn(), ctx);
            (unwritten.getAsLong() == 0 ? line : line.addKeyValue("unwritten", unwritten.getAsLong()))
                    .log("no administrator");
        }
    }

    private static LoggingEventBuilder about(LoggingEventBuilder line, Context ctx) {
        Endpoint route = ctx.endpoints().lastHttpEndpoint();
        LoggingEventBuilder about = line.addKeyValue("method", ctx.req().getMethod())
                .addKeyValue("route", route == null ? "none" : route.path);
        Matcher id = ID.matcher(ctx.path());
        return (id.find() ? about.addKeyValue("id", id.group()) : about).addKeyValue("status", ctx.statusCode());
    }
}
