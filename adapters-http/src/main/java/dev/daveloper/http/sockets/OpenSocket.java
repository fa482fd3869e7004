package dev.daveloper.http.sockets;

import dev.daveloper.domain.sessions.SessionId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket from its opening to its end: greeting, heartbeat, closing. What is said on it is the affair of
 * {@link Dialogue}. The server calls it, one message at a time and on virtual threads.
 */
public final class OpenSocket implements Session.Listener.AutoDemanding {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSocket.class);

    private final Sockets sockets;
    private final SocketProtocol protocol;
    private final Opening opening;
    private final Heartbeat heartbeat;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean busy;
    private volatile @Nullable Session session;
    private volatile @Nullable Dialogue dialogue;

    OpenSocket(Sockets sockets, SocketProtocol protocol, Opening opening) {
        this.sockets = sockets;
        this.protocol = protocol;
        this.opening = opening;
        this.heartbeat = new Heartbeat(this, sockets.timer(), sockets.times());
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        SocketWriter writer = new SocketWriter(opened, sockets.times().sendStuck(), () -> close(CloseCode.TOO_SLOW));
        dialogue = protocol.begin(this, writer, opening);
        sockets.enter(this);
        heartbeat.begin();
    }

    @Override
    public void onWebSocketText(String text) {
        Dialogue spoken = dialogue;
        if (spoken == null || closing.get()) {
            return;
        }
        busy = true;
        try {
            spoken.onMessage(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            busy = false;
        }
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        close(CloseCode.TEXT_ONLY);
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        heartbeat.answered();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        // The server closes with the fitting code itself: bad UTF-8, a message too big, a connection lost.
        LOG.debug("a WebSocket failed", cause);
    }

    @Override
    public void onWebSocketClose(int code, String reason, Callback callback) {
        callback.succeed();
        end();
    }

    /** Whose socket this is, once it has said hello. */
    Optional<SessionId> sessionId() {
        Dialogue spoken = dialogue;
        return spoken == null ? Optional.empty() : spoken.sessionId();
    }

    /** Its client has said who it is: it may be silent from now on. */
    public void greeted() {
        heartbeat.greeted();
    }

    /** Closes it because its client has not said who it is. */
    void closeSilent() {
        close(protocol.silent());
    }

    /** Whether a message is being handled, and none is read. */
    boolean isBusy() {
        return busy;
    }

    /** Asks whether its client is there. */
    void ping() {
        Session pinged = session;
        if (pinged != null) {
            pinged.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        }
    }

    /** Closes it in this way, unless it is being closed; cuts the connection when the viewer does not take notice. */
    public void close(Closing why) {
        Session closed = session;
        if (closed == null || !closing.compareAndSet(false, true)) {
            return;
        }
        closed.close(why.code(), why.reason(), Callback.NOOP);
        heartbeat.closing();
    }

    void awaitEnd(Duration patience) throws InterruptedException {
        ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Cuts the connection. */
    void cut() {
        Session closed = session;
        if (closed != null) {
            closed.disconnect();
        }
        end();
    }

    private void end() {
        closing.set(true);
        ended.countDown();
        heartbeat.end();
        Dialogue spoken = dialogue;
        if (spoken != null) {
            spoken.close();
        }
        sockets.leave(this);
        opening.admission().close();
    }
}
