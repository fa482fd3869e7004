package dev.daveloper.http.graphql;

import dev.daveloper.http.sockets.Closing;
import java.nio.charset.StandardCharsets;

/** How a connection ends, by the protocol of graphql-transport-ws. */
record GraphClosing(int code, String reason) implements Closing {
    static final GraphClosing UNAUTHORIZED = new GraphClosing(4401, "Unauthorized");
    static final GraphClosing FORBIDDEN = new GraphClosing(4403, "Forbidden");
    static final GraphClosing NOT_ACCEPTABLE = new GraphClosing(4406, "Subprotocol not acceptable");
    static final GraphClosing INIT_TIMEOUT = new GraphClosing(4408, "Connection initialisation timeout");
    static final GraphClosing TOO_MANY_INITS = new GraphClosing(4429, "Too many initialisation requests");

    private static final int INVALID_MESSAGE = 4400;
    private static final int SUBSCRIBER_EXISTS = 4409;
    /** What a close frame has room for. */
    private static final int MAX_BYTES = 123;

    static GraphClosing invalid(String why) {
        return fitting(INVALID_MESSAGE, why, "Invalid message");
    }

    static GraphClosing exists(String id) {
        return fitting(SUBSCRIBER_EXISTS, "Subscriber for " + id + " already exists", "Subscriber already exists");
    }

    private static GraphClosing fitting(int code, String reason, String otherwise) {
        boolean fits = reason.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
        return new GraphClosing(code, fits ? reason : otherwise);
    }
}
