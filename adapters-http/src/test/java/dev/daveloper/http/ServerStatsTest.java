package dev.daveloper.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ScriptedAgent;
import org.junit.jupiter.api.Test;

/** What the server tells of itself is what can be seen of it from outside. */
class ServerStatsTest {
    @Test
    void connections_and_threads_are_told() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            assertThat(gateway.server().stats().connections()).isZero();
            try (RawConnection held = new RawConnection(gateway.server().port(), 0)) {
                held.say("GET /health/live HTTP/1.1\r\n");
                await().until(() -> gateway.server().stats().connections() == 1);
            }
            await().until(() -> gateway.server().stats().connections() == 0);

            ServerStats stats = gateway.server().stats();
            assertThat(stats.busyThreads() + stats.idleThreads()).isPositive().isLessThanOrEqualTo(stats.maxThreads());
            assertThat(stats.streams()).isZero();
            assertThat(stats.certificateExpiry()).isEmpty();
        }
    }
}
