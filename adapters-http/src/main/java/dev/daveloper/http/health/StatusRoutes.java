package dev.daveloper.http.health;

import dev.daveloper.http.HttpParts;
import dev.daveloper.http.SseStreams;
import dev.daveloper.http.requests.Accept;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.security.Admins;
import dev.daveloper.http.security.Callers;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How everything is and was, live: for everybody whether it works, for administrators the numbers. One thread takes the
 * samples, every {@link #WATCHED} while somebody watches and every {@link #UNWATCHED} otherwise, so that a chart is
 * there at once.
 */
public final class StatusRoutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusRoutes.class);
    private static final Duration WATCHED = Duration.ofSeconds(2);
    private static final Duration UNWATCHED = Duration.ofSeconds(10);

    private final StatusBoard board;
    private final SseStreams streams;
    private final Admins admins;
    private final Bodies bodies;
    private @Nullable Thread sampler;

    /** @param figures what is measured of this node */
    public StatusRoutes(HttpParts parts, Figures figures) {
        Gauges gauges = Gauges.of(parts, figures);
        this.board = new StatusBoard(parts.ports().health(), gauges, InstantSource.system(), parts.json());
        this.streams = parts.streams();
        this.admins = parts.admins();
        this.bodies = parts.bodies();
    }

    public void register(RoutesConfig routes, String prefix) {
        routes.get(prefix + "/status/events", this::watch);
        routes.get(prefix + "/status/history", this::history);
    }

    /** Samples from now on. Once. */
    public void start() {
        sampler = Thread.ofVirtual().name("status-sampler").start(this::sample);
    }

    private void watch(Context ctx) {
        Accept.choose(ctx.header("Accept"), Accept.EVENT_STREAM);
        boolean administrator = isAdministrator(ctx);
        try (SseStreams.Place place = streams.take(Optional.empty());
                StatusFeed feed = new StatusFeed(board, administrator)) {
            place.stream(ctx, feed);
        }
    }

    private void history(Context ctx) {
        bodies.write(ctx, 200, board.history(isAdministrator(ctx)));
    }

    /** Whoever brings a key wants what it opens: one that opens nothing is told of, rather than passed over. */
    private boolean isAdministrator(Context ctx) {
        if (!Callers.hasBearer(ctx.req())) {
            return false;
        }
        admins.requireAdmin(ctx);
        return true;
    }

    private void sample() {
        boolean failing = false;
        try {
            while (board.awaitTurn(WATCHED, UNWATCHED)) {
                try {
                    board.take();
                    failing = false;
                } catch (RuntimeException e) {
                    if (!failing) {
                        LOG.warn("the status cannot be sampled", e);
                    }
                    failing = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what is watched and the thread that samples; returns when it has ended. Idempotent. */
    @Override
    public void close() {
        board.close();
        Thread running = sampler;
        if (running == null) {
            return;
        }
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
