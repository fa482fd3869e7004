package dev.daveloper.redis.testkit;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for what several servers have to agree on. */
final class Eventually {
    static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    private Eventually() {}

    /**
     * Waits until the condition holds; a server that does not answer yet is no error.
     *
     * @throws IllegalStateException with the servers' logs, if it does not hold within {@link #MAX_WAIT}
     */
    static void holds(String condition, Stream<RedisProcess> servers, Callable<Boolean> holds) {
        try {
            await().atMost(MAX_WAIT)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .ignoreException(UncheckedIOException.class)
                    .until(holds);
        } catch (ConditionTimeoutException late) {
            String logs = servers.map(server -> server + ":\n" + server.log()).collect(Collectors.joining("\n"));
            throw new IllegalStateException("not within " + MAX_WAIT + ": " + condition + "\n" + logs, late);
        }
    }
}
