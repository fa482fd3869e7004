package dev.daveloper.http;

import java.time.Instant;
import java.util.Optional;

/**
 * How the server is doing at the moment.
 *
 * @param connections that are open, WebSockets among them
 * @param busyThreads platform threads that accept and select, and do what may not be done on virtual ones
 * @param idleThreads platform threads that are there for when they are needed
 * @param maxThreads how many platform threads there may be
 * @param streams server-sent event streams that are open
 * @param certificateExpiry when the certificate that new connections are shown, or one it stands on, expires; empty
 *     without TLS
 */
public record ServerStats(
        int connections,
        int busyThreads,
        int idleThreads,
        int maxThreads,
        int streams,
        Optional<Instant> certificateExpiry) {}
