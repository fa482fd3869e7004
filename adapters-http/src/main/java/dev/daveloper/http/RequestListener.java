package dev.daveloper.http;

/** Hears of every request, on the threads that handle them, which it must not block. */
public interface RequestListener {
    /** Nobody hears. */
    RequestListener NONE = new RequestListener() {
        @Override
        public void began() {}

        @Override
        public void answered(String method, String route, int status, long nanos) {}
    };

    /** What stands for the route of a request that no route is for. */
    String UNKNOWN = "UNKNOWN";

    /** A request has come. */
    void began();

    /**
     * The answer is given, or the connection lost; once for each request that began. An answer that is a stream ends
     * with it, and one that makes a WebSocket ends when that begins.
     *
     * @param method as the client wrote it
     * @param route the path as it was registered, with placeholders, or {@link #UNKNOWN}; never what the client wrote
     * @param status 0 when there was none
     */
    void answered(String method, String route, int status, long nanos);
}
