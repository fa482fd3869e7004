package dev.daveloper.http.chat;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.failures.AtCapacity;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.sockets.SocketWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The runs that one WebSocket follows, each with a virtual thread of its own. Safe for use by many threads. */
final class Follows implements AutoCloseable {
    /** A follower with nothing to say looks around this often; heartbeats are the socket's own affair. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Chat chat;
    private final EventJson events;
    private final SocketWriter writer;
    private final int max;
    private final BiConsumer<RunId, Exception> onFailure;
    private final Map<RunId, Thread> threads = new HashMap<>();
    private boolean closed;

    /** @param onFailure hears of a follow that ended before its run did */
    Follows(Chat chat, EventJson events, SocketWriter writer, int max, BiConsumer<RunId, Exception> onFailure) {
        this.chat = chat;
        this.events = events;
        this.writer = writer;
        this.max = max;
        this.onFailure = onFailure;
    }

    /** @throws AtCapacity when this socket follows as many runs as it may */
    synchronized void requirePlace() {
        if (threads.size() >= max) {
            throw AtCapacity.viewers();
        }
    }

    /** Whether this socket follows the run and will still be given its ending. */
    synchronized boolean has(RunId run) {
        return threads.containsKey(run);
    }

    /**
     * Follows the run from behind this cursor.
     *
     * @throws InvalidRequest when this socket follows it already: its events would come twice
     */
    synchronized void start(SessionId session, RunId run, Cursor after) {
        if (threads.containsKey(run)) {
            throw new InvalidRequest("#/runId", "This connection follows this run already.");
        }
        requirePlace();
        if (closed) {
            return;
        }
        RunFollower follower = chat.follow(session, run, after);
        threads.put(run, Thread.ofVirtual().name("follow-" + run).start(() -> follow(run, follower)));
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.values().forEach(Thread::interrupt);
    }

    private void follow(RunId run, RunFollower follower) {
        try (follower) {
            boolean more = true;
            while (more) {
                more = tell(run, follower.next(PATIENCE));
            }
        } catch (InterruptedException e) {
            // The socket is closed, and this thread ends with it.
        } catch (RuntimeException e) {
            onFailure.accept(run, e);
        } finally {
            forget(run);
        }
    }

    /** Whether there may be more to tell, and somebody to tell it to. */
    private boolean tell(RunId run, FollowStep step) throws InterruptedException {
        return switch (step) {
            case LoggedEvent logged -> send(run, logged);
            case FollowStep.Notice notice -> writer.send(events.text(run, notice));
            case FollowStep.Quiet quiet -> true;
            case FollowStep.Ended ended -> false;
        };
    }

    /** An ending is the last: whoever has read it may follow the run anew at once. */
    private boolean send(RunId run, LoggedEvent logged) throws InterruptedException {
        boolean last = logged.event() instanceof RunEvent.Finished;
        if (last) {
            forget(run);
        }
        return writer.send(events.text(run, logged)) && !last;
    }

    /** Forgets the calling thread's follow; a later one of the same run stays. */
    private synchronized void forget(RunId run) {
        threads.remove(run, Thread.currentThread());
    }
}
