package dev.daveloper.http.sockets;

import dev.daveloper.http.HttpTimes;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * When something is due for a WebSocket: its client has to say who it is, then to answer pings, and at last to take
 * notice of the end. It has one time that it waits for, and no thread. Safe for use by many threads.
 */
final class Heartbeat {
    private final OpenSocket socket;
    private final SocketTimer timer;
    private final HttpTimes times;
    private State state = State.NEW;
    private @Nullable ScheduledFuture<?> due;

    private enum State {
        NEW,
        GREETING,
        RESTING,
        PINGED,
        CLOSING,
        OVER
    }

    Heartbeat(OpenSocket socket, SocketTimer timer, HttpTimes times) {
        this.socket = socket;
        this.timer = timer;
        this.times = times;
    }

    /** The socket is open: from now on its client may be silent for a while, but not for ever. */
    synchronized void begin() {
        if (state == State.NEW) {
            await(State.GREETING, times.helloWithin(), this::onSilence);
        }
    }

    /** Its client has said who it is. */
    synchronized void greeted() {
        if (state == State.GREETING) {
            await(State.RESTING, times.socketHeartbeat(), this::beat);
        }
    }

    /** Its client has answered, or says something like that of its own accord. */
    synchronized void answered() {
        if (state == State.PINGED) {
            await(State.RESTING, times.socketHeartbeat(), this::beat);
        }
    }

    /** The socket is being closed: its connection is cut when the client takes no notice. */
    synchronized void closing() {
        if (state != State.OVER) {
            await(State.CLOSING, times.closeGrace(), this::cut);
        }
    }

    synchronized void end() {
        state = State.OVER;
        cancel();
    }

    private void onSilence() {
        if (is(State.GREETING)) {
            socket.closeSilent();
        }
    }

    private void beat() {
        synchronized (this) {
            if (state != State.RESTING) {
                return;
            }
            await(State.PINGED, times.pongWithin(), this::onNoAnswer);
        }
        socket.ping();
    }

    /** While a message is handled nothing is read, not even the answer to a ping. */
    private void onNoAnswer() {
        synchronized (this) {
            if (state != State.PINGED) {
                return;
            }
            if (socket.isBusy()) {
                await(State.PINGED, times.pongWithin(), this::onNoAnswer);
                return;
            }
        }
        socket.close(CloseCode.TOO_SLOW);
    }

    private void cut() {
        if (is(State.CLOSING)) {
            socket.cut();
        }
    }

    private synchronized boolean is(State asked) {
        return state == asked;
    }

    private void await(State next, Duration patience, Runnable then) {
        cancel();
        state = next;
        due = timer.after(patience, then);
    }

    private void cancel() {
        if (due != null) {
            due.cancel(false);
            due = null;
        }
    }
}
