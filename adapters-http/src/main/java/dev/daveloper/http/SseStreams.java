package dev.daveloper.http;

import dev.daveloper.domain.failures.AtCapacity;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.jetty.Connections;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The server-sent event streams of this process. Each is written by the thread of its request, one event with one write
 * and one flush; a watcher cuts those whose write does not get through.
 */
public final class SseStreams implements AutoCloseable {
    private static final byte[] PRELUDE = "retry: 1000\n\n: hello\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] HEARTBEAT = ": \n\n".getBytes(StandardCharsets.UTF_8);
    private static final int CHECKS_PER_STUCK = 4;

    private final Duration quietAtMost;
    private final Duration sendStuck;
    private final Semaphore places;
    private final Set<Place> open = ConcurrentHashMap.newKeySet();
    private final Thread watcher;
    private volatile boolean closed;

    public SseStreams(int maxStreams, Duration heartbeat, Duration sendStuck) {
        // The first write after a viewer has gone only draws the reset that lets the second one fail.
        this.quietAtMost = heartbeat.dividedBy(2);
        this.sendStuck = sendStuck;
        this.places = new Semaphore(maxStreams);
        this.watcher = Thread.ofVirtual().name("sse-watcher").start(this::watch);
    }

    /**
     * @param owner whose session's end is the stream's end; empty for an administrator
     * @throws AtCapacity when as many viewers are there as there may be, or the server stops
     */
    public Place take(Optional<SessionId> owner) {
        if (closed) {
            throw AtCapacity.shuttingDown();
        }
        if (!places.tryAcquire()) {
            throw AtCapacity.viewers();
        }
        Place place = new Place(owner);
        open.add(place);
        if (closed) {
            place.close();
            throw AtCapacity.shuttingDown();
        }
        return place;
    }

    /** How many there are. */
    public int count() {
        return open.size();
    }

    /** Ends the streams of this session, whose token is worth nothing any more. */
    public void endStreamsOf(SessionId session) {
        for (Place place : open) {
            if (place.owner.filter(session::equals).isPresent()) {
                place.end();
            }
        }
    }

    /** Ends every stream, between two events; their viewers reconnect. */
    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
        open.forEach(Place::end);
    }

    private void watch() {
        Duration pause = sendStuck.dividedBy(CHECKS_PER_STUCK);
        try {
            while (!closed) {
                Thread.sleep(pause);
                long stuckSince = System.nanoTime() - sendStuck.toNanos();
                open.forEach(place -> place.cutIfWritingSince(stuckSince));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One viewer's place among those that there may be. For the thread that took it. */
    public final class Place implements AutoCloseable {
        private final Thread thread = Thread.currentThread();
        private volatile @Nullable HttpServletRequest request;
        private volatile long writingSince;
        private volatile boolean writing;
        private final Optional<SessionId> owner;
        private volatile boolean streaming;
        private volatile boolean over;

        private Place(Optional<SessionId> owner) {
            this.owner = owner;
        }

        /** Writes what the source gives, until its end, the viewer's leaving or the server's stop. */
        public void stream(Context ctx, SseSource source) {
            request = ctx.req();
            streaming = true;
            try {
                begin(ctx.res());
                OutputStream out = ctx.res().getOutputStream();
                write(out, PRELUDE);
                follow(out, source);
            } catch (IOException e) {
                // The viewer has gone, or was cut; whoever comes back resumes.
            } catch (GatewayException e) {
                // An end without the last event tells the viewer to reconnect, and that tells it why.
                if (!ctx.res().isCommitted()) {
                    throw e;
                }
            } catch (InterruptedException e) {
                // The server stops, or the session has ended. The flag stays clear: the response is still to be
                // completed.
            } finally {
                streaming = false;
                if (over) {
                    // An end that came a moment too late must not break what is still to be flushed.
                    Thread.interrupted();
                }
            }
        }

        private void begin(HttpServletResponse response) {
            response.setStatus(200);
            response.setHeader("Content-Type", "text/event-stream");
            response.setHeader("Cache-Control", "no-store, no-transform");
            response.setHeader("X-Accel-Buffering", "no");
        }

        private void follow(OutputStream out, SseSource source) throws IOException, InterruptedException {
            if (over) {
                return;
            }
            SseSource.Pulled pulled = source.next(quietAtMost);
            while (!(pulled instanceof SseSource.Ended)) {
                if (pulled instanceof SseSource.Event event) {
                    write(out, event.bytes());
                    if (event.last()) {
                        return;
                    }
                } else {
                    write(out, HEARTBEAT);
                }
                if (over) {
                    return;
                }
                pulled = source.next(quietAtMost);
            }
        }

        private void write(OutputStream out, byte[] bytes) throws IOException {
            writingSince = System.nanoTime();
            writing = true;
            try {
                out.write(bytes);
                out.flush();
            } finally {
                writing = false;
            }
        }

        private void cutIfWritingSince(long moment) {
            HttpServletRequest stuck = request;
            if (writing && writingSince - moment < 0 && stuck != null) {
                Connections.cut(stuck, new TimeoutException("a viewer does not read"));
            }
        }

        private void end() {
            over = true;
            if (streaming) {
                thread.interrupt();
            }
        }

        @Override
        public void close() {
            if (open.remove(this)) {
                places.release();
            }
        }
    }
}
