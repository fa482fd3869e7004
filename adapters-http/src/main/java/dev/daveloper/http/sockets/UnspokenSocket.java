package dev.daveloper.http.sockets;

import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** A WebSocket whose client speaks nothing that is spoken here: it is told so, and that was all. */
public final class UnspokenSocket implements Session.Listener.AutoDemanding {
    private final Closing closing;

    UnspokenSocket(Closing closing) {
        this.closing = closing;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        session.close(closing.code(), closing.reason(), Callback.NOOP);
    }
}
