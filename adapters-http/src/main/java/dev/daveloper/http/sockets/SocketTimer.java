package dev.daveloper.http.sockets;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that sees what is due for WebSockets, of which each waits for one thing at a time. */
final class SocketTimer implements AutoCloseable {
    private final ScheduledThreadPoolExecutor thread;

    SocketTimer() {
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("socket-timer").daemon().factory(), new ThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
    }

    /** @param then done on a virtual thread of its own; not any more once this is closed */
    ScheduledFuture<?> after(Duration patience, Runnable then) {
        Runnable starting = () -> Thread.ofVirtual().name("socket-due").start(then);
        return thread.schedule(starting, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
