package dev.daveloper.bootstrap.config;

import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.HttpLimits;
import dev.daveloper.http.HttpTimes;
import dev.daveloper.http.security.TrustedProxies;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** How the gateway is reached. */
final class HttpKeys {
    static final Setting<String> HOST = Setting.of(
            "http.host",
            Kinds.FILLED_TEXT,
            "127.0.0.1",
            "Address to listen on. The default is reached from this machine only; 0.0.0.0 opens it to the network.");
    static final Setting<Integer> PORT = Setting.of(
            "http.port", Kinds.wholeNumber(0, 65_535), "8080", "Port to listen on; 0 takes one that is free.");
    static final Setting<Set<String>> CORS_ORIGINS = Setting.of(
            "http.cors.origins",
            Kinds.ORIGINS,
            "",
            "Other sites whose pages may call the gateway from a browser, such as https://app.example. Those that"
                    + " it serves itself always may.");
    static final Setting<Integer> MAX_BODY =
            Setting.of("http.max-body", Kinds.size(1 << 10, 64 << 20), "1MiB", "Largest JSON request body.");
    static final Setting<Integer> MAX_MESSAGE = Setting.of(
            "http.max-message", Kinds.size(1 << 10, 16 << 20), "64KiB", "Largest WebSocket message from a client.");
    static final Setting<Integer> MAX_HEADER = Setting.of(
            "http.max-header",
            Kinds.size(1 << 10, 1 << 20),
            "16KiB",
            "Largest request line and headers of a request together.");
    static final Setting<Integer> MAX_CONNECTIONS = Setting.of(
            "http.max-connections",
            Kinds.wholeNumber(1, 1_000_000),
            "20000",
            "Connections open at once; further ones wait.");
    static final Setting<Integer> MAX_REQUESTS = Setting.of(
            "http.max-requests",
            Kinds.wholeNumber(2, 1_000_000),
            "10000",
            "Requests handled at once, streams included; further ones wait.");
    static final Setting<Integer> MAX_STREAMS = Setting.of(
            "http.max-streams",
            Kinds.wholeNumber(1, 1_000_000),
            "8000",
            "Server-sent event streams at once; fewer than http.max-requests.");
    static final Setting<Integer> MAX_SOCKETS =
            Setting.of("http.max-sockets", Kinds.wholeNumber(1, 1_000_000), "10000", "WebSockets at once.");
    static final Setting<Integer> MAX_SOCKETS_PER_SESSION = Setting.of(
            "http.max-sockets-per-session", Kinds.wholeNumber(1, 10_000), "16", "WebSockets of one session at once.");
    static final Setting<Integer> MAX_FOLLOWS_PER_SOCKET = Setting.of(
            "http.max-follows-per-socket",
            Kinds.wholeNumber(1, 1_000),
            "16",
            "Answers that one WebSocket follows at once.");
    static final Setting<Duration> SSE_HEARTBEAT = Setting.of(
            "http.sse-heartbeat",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "15s",
            "Longest silence on a stream of server-sent events; a viewer that has gone is noticed within it.");
    static final Setting<Duration> SOCKET_HEARTBEAT = Setting.of(
            "http.socket-heartbeat",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "25s",
            "Time between two pings on a WebSocket.");
    static final Setting<Duration> PONG_WITHIN = Setting.of(
            "http.pong-within",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "10s",
            "Time that a WebSocket's client has to answer a ping.");
    static final Setting<Duration> HELLO_WITHIN = Setting.of(
            "http.hello-within",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "10s",
            "Time that a new WebSocket has for its first message.");
    static final Setting<Duration> WRITE_TIMEOUT = Setting.of(
            "http.write-timeout",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "10s",
            "Longest time of one write to a viewer; one that does not read for longer is cut off.");
    static final Setting<Duration> IDLE_TIMEOUT = Setting.of(
            "http.idle-timeout",
            Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
            "60s",
            "Time after which a connection on which nothing moves is closed.");
    static final Setting<Duration> ANSWER_WAIT = Setting.of(
            "http.answer-wait",
            Kinds.duration(Duration.ofMillis(100), Duration.ofHours(1)),
            "15m",
            "Longest time that a plain JSON request waits for its answer; then it gets the run's address instead.");
    static final Setting<Duration> STOP_TIMEOUT = Setting.of(
            "http.stop-timeout",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "10s",
            "Time that requests in flight have left when the gateway stops, after chat.drain-grace.");

    static final Setting<Boolean> SERVER_TIMING = Setting.of(
            "http.server-timing",
            Kinds.FLAG,
            "true",
            "Whether responses of the API say by Server-Timing where their time went.");

    static final Group GROUP = new Group(
            "HTTP",
            List.of(
                    HOST,
                    PORT,
                    CORS_ORIGINS,
                    MAX_BODY,
                    MAX_MESSAGE,
                    MAX_HEADER,
                    MAX_CONNECTIONS,
                    MAX_REQUESTS,
                    MAX_STREAMS,
                    MAX_SOCKETS,
                    MAX_SOCKETS_PER_SESSION,
                    MAX_FOLLOWS_PER_SOCKET,
                    SSE_HEARTBEAT,
                    SOCKET_HEARTBEAT,
                    PONG_WITHIN,
                    HELLO_WITHIN,
                    WRITE_TIMEOUT,
                    IDLE_TIMEOUT,
                    ANSWER_WAIT,
                    STOP_TIMEOUT,
                    SERVER_TIMING));

    private HttpKeys() {}

    static HttpConfig bind(Values values) {
        if (values.get(MAX_STREAMS) >= values.get(MAX_REQUESTS)) {
            throw new IllegalArgumentException(
                    "http.max-streams must be less than http.max-requests, not " + values.get(MAX_STREAMS) + " of "
                            + values.get(MAX_REQUESTS) + ": a gateway full of viewers could answer nobody else.");
        }
        HttpConfig plain = new HttpConfig(
                values.get(HOST),
                values.get(PORT),
                values.get(CORS_ORIGINS),
                values.get(UploadKeys.ADMIN_KEYS),
                limits(values),
                UploadKeys.bind(values),
                times(values),
                TrustedProxies.NONE,
                CacheKeys.policies(values),
                null,
                values.get(SERVER_TIMING),
                GraphKeys.bind(values));
        return EdgeKeys.bind(plain, values);
    }

    private static HttpLimits limits(Values values) {
        return new HttpLimits(
                values.get(MAX_BODY),
                values.get(MAX_MESSAGE),
                values.get(MAX_HEADER),
                values.get(MAX_CONNECTIONS),
                values.get(MAX_REQUESTS),
                values.get(MAX_STREAMS),
                values.get(MAX_SOCKETS),
                values.get(MAX_SOCKETS_PER_SESSION),
                values.get(MAX_FOLLOWS_PER_SOCKET),
                HttpLimits.DEFAULT.maxMistakesPerSocket(),
                HttpLimits.DEFAULT.maxOutgoingFrames(),
                HttpLimits.DEFAULT.sendBufferBytes());
    }

    private static HttpTimes times(Values values) {
        return new HttpTimes(
                values.get(SSE_HEARTBEAT),
                values.get(SOCKET_HEARTBEAT),
                values.get(PONG_WITHIN),
                values.get(HELLO_WITHIN),
                values.get(WRITE_TIMEOUT),
                HttpTimes.DEFAULT.closeGrace(),
                values.get(IDLE_TIMEOUT),
                values.get(ANSWER_WAIT),
                values.get(STOP_TIMEOUT));
    }
}
