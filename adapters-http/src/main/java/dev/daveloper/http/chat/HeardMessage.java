package dev.daveloper.http.chat;

import dev.daveloper.http.SocketListener;
import dev.daveloper.http.SocketListener.Result;
import org.jspecify.annotations.Nullable;

/** One message of a client while it is handled, to be told to whoever hears of it. For one thread. */
final class HeardMessage {
    private final long beganAtNanos = System.nanoTime();
    private String type = SocketListener.OTHER;
    /** Until somebody says otherwise: the server stops, or something breaks that nobody expected. */
    private Result result = Result.FAILED;

    /** Says which type the client wrote. */
    void typed(@Nullable String written) {
        if (written != null && SocketListener.TYPES.contains(written)) {
            type = written;
        }
    }

    void ended(Result how) {
        result = how;
    }

    void tell(SocketListener listener) {
        listener.handled(type, result, System.nanoTime() - beganAtNanos);
    }
}
