package dev.daveloper.http.sockets;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Writes to one WebSocket, one message at a time: the next is handed over when the last is in the kernel's hands, so
 * that nothing piles up for a viewer that does not read. Safe for use by many threads, who wait for each other.
 */
public final class SocketWriter {
    private final Session session;
    private final Duration sendStuck;
    private final Runnable onStuck;
    private final ReentrantLock turn = new ReentrantLock(true);
    private boolean over;

    /** @param onStuck called once, when a message could not be written within {@code sendStuck} */
    SocketWriter(Session session, Duration sendStuck, Runnable onStuck) {
        this.session = session;
        this.sendStuck = sendStuck;
        this.onStuck = onStuck;
    }

    /** Writes the message; answers false when it could not be written, and then nothing ever will be. */
    public boolean send(String message) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            if (over || !session.isOpen()) {
                return false;
            }
            Callback.Completable written = new Callback.Completable();
            session.sendText(message, written);
            written.get(sendStuck.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            over = true;
            return false;
        } catch (TimeoutException e) {
            over = true;
            onStuck.run();
            return false;
        } finally {
            turn.unlock();
        }
    }
}
