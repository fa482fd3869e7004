package dev.daveloper.http.chat;

import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
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
 * {@link SocketDialogue}. The server calls it, one message at a time and on virtual threads; for that only it is
 * public.
 */
public final class ChatSocket implements Session.Listener.AutoDemanding {
    private static final Logger LOG = LoggerFactory.getLogger(ChatSocket.class);

    private final SocketServices services;
    private final Opening opening;
    private final CountDownLatch greeted = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile CountDownLatch pong = new CountDownLatch(0);
    private volatile boolean busy;
    private volatile @Nullable Session session;
    private volatile @Nullable SocketDialogue dialogue;

    /**
     * With what a socket was opened.
     *
     * @param token that the request brought
     * @param span of the request: what is said on the socket belongs to its trace
     * @param admission held for as long as the socket lives
     */
    record Opening(Optional<SessionToken> token, ClientAddress from, Span span, Admission admission) {}

    ChatSocket(SocketServices services, Opening opening) {
        this.services = services;
        this.opening = opening;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        SocketWriter writer = new SocketWriter(opened, services.times().sendStuck(), () -> close(CloseCode.TOO_SLOW));
        dialogue = new SocketDialogue(services, this, writer, opening);
        services.sockets().enter(this);
        Thread.ofVirtual().name("socket-heartbeat").start(() -> watch(opened));
    }

    @Override
    public void onWebSocketText(String text) {
        SocketDialogue spoken = dialogue;
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
        pong.countDown();
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
        SocketDialogue spoken = dialogue;
        return spoken == null ? Optional.empty() : spoken.sessionId();
    }

    void greeted() {
        greeted.countDown();
    }

    /** Closes it in this way, unless it is being closed; cuts the connection when the viewer does not take notice. */
    void close(CloseCode why) {
        Session closed = session;
        if (closed == null || !closing.compareAndSet(false, true)) {
            return;
        }
        closed.close(why.code(), why.reason(), Callback.NOOP);
        Thread.ofVirtual().name("socket-close").start(() -> cutAfterGrace(closed));
    }

    void awaitEnd(Duration patience) throws InterruptedException {
        awaits(ended, patience);
    }

    private void cutAfterGrace(Session closed) {
        try {
            if (!awaits(ended, services.times().closeGrace())) {
                closed.disconnect();
            }
        } catch (InterruptedException e) {
            closed.disconnect();
        } finally {
            end();
        }
    }

    private void end() {
        closing.set(true);
        ended.countDown();
        greeted.countDown();
        pong.countDown();
        SocketDialogue spoken = dialogue;
        if (spoken != null) {
            spoken.close();
        }
        services.sockets().leave(this);
        opening.admission().close();
    }

    private void watch(Session opened) {
        try {
            if (!awaits(greeted, services.times().helloWithin())) {
                close(CloseCode.NO_HELLO);
                return;
            }
            while (!awaits(ended, services.times().socketHeartbeat())) {
                CountDownLatch answered = new CountDownLatch(1);
                pong = answered;
                opened.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
                // While a message is handled nothing is read, not even the answer to a ping.
                while (!awaits(answered, services.times().pongWithin())) {
                    if (!busy) {
                        close(CloseCode.TOO_SLOW);
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean awaits(CountDownLatch latch, Duration patience) throws InterruptedException {
        return latch.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
