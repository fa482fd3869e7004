package dev.daveloper.http;

import java.time.Duration;

/**
 * How long things may take. All are longer than zero.
 *
 * @param sseHeartbeat within which a viewer of server-sent events always gets something, and within which one that has
 *     gone is noticed
 * @param socketHeartbeat between two pings to a WebSocket
 * @param pongWithin for the answer to a ping
 * @param helloWithin for a new WebSocket's first message
 * @param sendStuck for one write to a viewer; a viewer that takes longer is cut off
 * @param closeGrace for a closing frame to a WebSocket that does not read, before its connection is cut,
 *     and for a connection that rests when the server stops
 * @param idle for a connection on which nothing moves
 * @param answerWait for which a JSON request waits for its answer; after that it gets the run's address instead
 * @param stop for requests in flight when the server stops
 * @param headers for a request's line and headers to be complete, from its first byte, for its connection's first
 *     request from the start of the connection
 * @param uploadGrace for which one waits for a request's body before it is judged how fast it comes
 */
public record HttpTimes(
        Duration sseHeartbeat,
        Duration socketHeartbeat,
        Duration pongWithin,
        Duration helloWithin,
        Duration sendStuck,
        Duration closeGrace,
        Duration idle,
        Duration answerWait,
        Duration stop,
        Duration headers,
        Duration uploadGrace) {
    public static final HttpTimes DEFAULT = new HttpTimes(
            Duration.ofSeconds(15),
            Duration.ofSeconds(25),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofMinutes(15),
            Duration.ofSeconds(10));

    public HttpTimes {
        requirePositive("sseHeartbeat", sseHeartbeat);
        requirePositive("socketHeartbeat", socketHeartbeat);
        requirePositive("pongWithin", pongWithin);
        requirePositive("helloWithin", helloWithin);
        requirePositive("sendStuck", sendStuck);
        requirePositive("closeGrace", closeGrace);
        requirePositive("idle", idle);
        requirePositive("answerWait", answerWait);
        requirePositive("stop", stop);
        requirePositive("headers", headers);
        requirePositive("uploadGrace", uploadGrace);
    }

    /** With the usual patience for slow requests. */
    public HttpTimes(
            Duration sseHeartbeat,
            Duration socketHeartbeat,
            Duration pongWithin,
            Duration helloWithin,
            Duration sendStuck,
            Duration closeGrace,
            Duration idle,
            Duration answerWait,
            Duration stop) {
        this(
                sseHeartbeat,
                socketHeartbeat,
                pongWithin,
                helloWithin,
                sendStuck,
                closeGrace,
                idle,
                answerWait,
                stop,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    public HttpTimes withHeaders(Duration within) {
        return with(sendStuck, idle, within, uploadGrace);
    }

    public HttpTimes withUploadGrace(Duration grace) {
        return with(sendStuck, idle, headers, grace);
    }

    public HttpTimes withSendStuck(Duration stuck) {
        return with(stuck, idle, headers, uploadGrace);
    }

    public HttpTimes withIdle(Duration newIdle) {
        return with(sendStuck, newIdle, headers, uploadGrace);
    }

    private HttpTimes with(Duration stuck, Duration newIdle, Duration headersWithin, Duration grace) {
        return new HttpTimes(
                sseHeartbeat,
                socketHeartbeat,
                pongWithin,
                helloWithin,
                stuck,
                closeGrace,
                newIdle,
                answerWait,
                stop,
                headersWithin,
                grace);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than zero, not " + value);
        }
    }
}
