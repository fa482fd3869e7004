package dev.daveloper.http;

import java.util.List;

/** Hears of every WebSocket and of what clients say there, on the threads that handle it, which it must not block. */
public interface SocketListener {
    /** Nobody hears. */
    SocketListener NONE = new SocketListener() {
        @Override
        public void opened() {}

        @Override
        public void closed() {}

        @Override
        public void handled(String type, Result result, long nanos) {}
    };

    /** What clients may say, as AsyncAPI has it. */
    List<String> TYPES = List.of("hello", "chat.send", "run.follow", "run.cancel", "ping");

    /** What stands for the type of a message that has none of these. */
    String OTHER = "OTHER";

    /** What became of a message. */
    enum Result {
        /** It was done. */
        OK,
        /** The client was told that it must not, or not so much. */
        REFUSED,
        /** The gateway, or something that it calls, failed. */
        FAILED
    }

    /** A WebSocket has a place among those that there may be. */
    void opened();

    /** One that was opened has given up its place, however it ended. */
    void closed();

    /**
     * A message was handled and its sender has the reply; a question to the agent when it was accepted, long before its
     * answer. What breaks the rules of WebSocket itself, such as a message too long, is not among them.
     *
     * @param type one of {@link #TYPES} or {@link #OTHER}; never what the client wrote
     * @param nanos since the message was read
     */
    void handled(String type, Result result, long nanos);
}
