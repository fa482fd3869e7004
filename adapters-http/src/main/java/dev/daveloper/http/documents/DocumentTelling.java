package dev.daveloper.http.documents;

import dev.daveloper.application.documents.in.JobFollower;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.http.SocketFeed.Listener;
import dev.daveloper.http.SocketFeed.Telling;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one WebSocket is told of its session's documents. A virtual thread of its own lives while there is something to
 * tell and not between, for most sockets have no documents under way. While the document service is away it is asked
 * again, ever more seldom; nobody is told of that, since nobody asked. Safe for use by many threads.
 */
final class DocumentTelling implements Telling {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentTelling.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final DocumentFeed feed;
    private final Scope scope;
    private final Listener listener;
    private final Duration firstPause;
    private @Nullable JobFollower follower;
    private @Nullable Thread thread;
    private boolean news;
    private boolean closed;
    // What follows belongs to the one thread.
    private Duration pause;
    private long sinceNanos;

    /** @param firstPause before the first new attempt; each further one is twice as long, up to 30 seconds */
    DocumentTelling(DocumentFeed feed, Scope scope, Listener listener, Duration firstPause) {
        this.feed = feed;
        this.scope = scope;
        this.listener = listener;
        this.firstPause = firstPause;
        this.pause = firstPause;
    }

    /** There may be something to tell. */
    synchronized void wake() {
        news = true;
        if (thread == null && !closed) {
            thread = Thread.ofVirtual().name("socket-feed").start(this::run);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
        hangUp();
    }

    private void run() {
        try {
            while (hasNews()) {
                try {
                    if (!tellAll(follower())) {
                        close();
                    }
                } catch (GatewayException e) {
                    LOG.debug("documents cannot be followed at the moment: {}", e.detail());
                    hangUp();
                    rest();
                    wake();
                }
            }
        } catch (InterruptedException e) {
            // The socket is closed, and this thread ends with it.
        } catch (RuntimeException e) {
            close();
            feed.note(e);
        }
    }

    private void rest() throws InterruptedException {
        boolean heldLong = System.nanoTime() - sinceNanos > LONGEST_PAUSE.toNanos();
        pause = heldLong ? firstPause : pause;
        Thread.sleep(pause.plusNanos(ThreadLocalRandom.current().nextLong(pause.toNanos())));
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** Whether this thread has something to do; otherwise it is this one no more. */
    private synchronized boolean hasNews() {
        boolean go = news && !closed;
        news = false;
        if (!go) {
            thread = null;
        }
        return go;
    }

    /** Answers false when the listener takes no more. */
    private boolean tellAll(JobFollower from) throws InterruptedException {
        JobStep step = from.next(Duration.ZERO);
        while (step instanceof JobStep.Changed changed) {
            if (!listener.take(feed.messageOf(changed.job()))) {
                return false;
            }
            step = from.next(Duration.ZERO);
        }
        return true;
    }

    private JobFollower follower() throws InterruptedException {
        JobFollower known = held();
        if (known != null) {
            return known;
        }
        sinceNanos = System.nanoTime();
        JobFollower opened = feed.follow(scope);
        hold(opened);
        opened.onNews(this::wake);
        return opened;
    }

    private synchronized @Nullable JobFollower held() {
        return follower;
    }

    private synchronized void hold(JobFollower opened) throws InterruptedException {
        if (closed) {
            opened.close();
            throw new InterruptedException();
        }
        follower = opened;
    }

    private synchronized void hangUp() {
        if (follower != null) {
            follower.close();
            follower = null;
        }
    }
}
