package dev.daveloper.bootstrap.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.http.SocketListener;
import dev.daveloper.http.SocketListener.Result;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SocketMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final SocketMetrics metrics = new SocketMetrics(registry);

    private Timer timer(String type, String result) {
        return registry.get("daveloper.websocket.messages")
                .tags("type", type, "result", result)
                .timer();
    }

    @Test
    void every_type_and_result_is_there_before_anybody_says_a_word() {
        int types = SocketListener.TYPES.size() + 1;
        assertThat(registry.get("daveloper.websocket.messages").timers())
                .hasSize(types * Result.values().length)
                .allMatch(timer -> timer.count() == 0);
    }

    @Test
    void a_message_is_timed_by_its_type_and_by_what_became_of_it() {
        metrics.handled("chat.send", Result.REFUSED, TimeUnit.MILLISECONDS.toNanos(3));
        metrics.handled(SocketListener.OTHER, Result.FAILED, 1);

        assertThat(timer("chat.send", "refused").count()).isEqualTo(1);
        assertThat(timer("chat.send", "refused").totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(3);
        assertThat(timer("OTHER", "failed").count()).isEqualTo(1);
        assertThat(timer("chat.send", "ok").count()).isZero();
    }

    @Test
    void those_are_open_that_were_not_closed() {
        metrics.opened();
        metrics.opened();
        metrics.closed();

        assertThat(registry.get("daveloper.websockets.open").gauge().value()).isEqualTo(1);
    }
}
