package dev.daveloper.http.webhooks;

import dev.daveloper.domain.webhooks.Reachable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How deliveries are sent.
 *
 * @param reachable where they may go
 * @param connectTimeout for looking the name up, and again for the connection
 * @param timeout of an attempt in all
 * @param userAgent says who sends
 * @param certificates in PEM, to be trusted beside those that the JDK trusts; empty for those alone
 */
public record SenderConfig(
        Reachable reachable,
        Duration connectTimeout,
        Duration timeout,
        String userAgent,
        InstantSource clock,
        Optional<Path> certificates) {}
