package dev.daveloper.http.sockets;

/** How a WebSocket of ours ends (RFC 6455, section 7.4); 4000 and above are our own. */
public enum CloseCode implements Closing {
    GOING_AWAY(1001, "the server stops: reconnect"),
    TEXT_ONLY(1003, "text messages only"),
    POLICY(1008, "too many mistakes"),
    SESSION_ENDED(1008, "the session has ended"),
    SESSION_RENEWED(1008, "the session has a new token: reconnect with it"),
    TOO_SLOW(1013, "too slow: reconnect and resume"),
    TOO_MANY(1013, "too many connections: try later"),
    NO_SESSION(4401, "no session"),
    NO_HELLO(4408, "no hello");

    private final int code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String reason() {
        return reason;
    }
}
