package dev.daveloper.http;

/**
 * Hears of every GraphQL operation, whichever way it came, on the threads that do it, which it must not block. All that
 * it is told is one of few, but weights and times: nothing that a client wrote.
 */
public interface GraphListener {
    /** Nobody hears. */
    GraphListener NONE = new GraphListener() {
        @Override
        public void looked(Lookup found) {}

        @Override
        public void done(Operation operation, Result result, int weight, long nanos) {}

        @Override
        public void refused(Operation operation, long nanos) {}

        @Override
        public void fieldFailed(String code, String field) {}

        @Override
        public void subscribed(Transport transport) {}

        @Override
        public void unsubscribed(Transport transport) {}
    };

    /** What stands for the name of an operation that has none. */
    String ANONYMOUS = "ANONYMOUS";

    /** What stands for any name that the operator has not listed. */
    String OTHER = "OTHER";

    /** What an operation is for. */
    enum Kind {
        QUERY,
        MUTATION,
        SUBSCRIPTION,
        /** It was refused before anybody knew. */
        UNKNOWN
    }

    /** Which way it came. */
    enum Transport {
        HTTP,
        SSE,
        WEBSOCKET
    }

    /** What became of it. */
    enum Result {
        /** It was done. */
        OK,
        /** Something was given, and something refused; a mutation whose result is a refusal is such. */
        PARTIAL,
        /** Nothing was given, because whoever asked must not, or not so much. */
        REFUSED,
        /** The gateway, or something that it calls, failed: at a field or altogether. Over REST it were a 5xx. */
        FAILED,
        /** Whoever asked did not wait for it. */
        CANCELLED
    }

    /** Whether a document was read and judged before. */
    enum Lookup {
        HIT,
        /** It is from now on. */
        MISS,
        /** It is none, or does not fit the schema, and is not remembered. */
        INVALID
    }

    /** @param name one that the operator has listed, {@link #ANONYMOUS} or {@link #OTHER} */
    record Operation(String name, Kind kind, Transport transport) {}

    /** A document was looked for among those that are remembered. */
    void looked(Lookup found);

    /**
     * An operation was done. A subscription is when it goes on: what it tells comes after that.
     *
     * @param weight that it counts with
     * @param nanos from when it was there to be read until its result was
     */
    void done(Operation operation, Result result, int weight, long nanos);

    /**
     * An operation was refused before anything of it was done: it cannot be read, does not fit the schema or is too
     * much. What a limit refuses is not among them.
     */
    void refused(Operation operation, long nanos);

    /**
     * A field could not be given, or the result of a mutation is a refusal.
     *
     * @param code one of the table of failures
     * @param field its type and its name as the schema has them, such as {@code Query.run}
     */
    void fieldFailed(String code, String field);

    /** A subscription goes on, until it is {@link #unsubscribed}. */
    void subscribed(Transport transport);

    /** One that went on is over, however it ended. */
    void unsubscribed(Transport transport);
}
