package dev.daveloper.bootstrap.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.http.GraphListener;
import dev.daveloper.http.GraphListener.Kind;
import dev.daveloper.http.GraphListener.Lookup;
import dev.daveloper.http.GraphListener.Operation;
import dev.daveloper.http.GraphListener.Result;
import dev.daveloper.http.GraphListener.Transport;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GraphMetricsTest {
    private static final long MILLIS_3 = TimeUnit.MILLISECONDS.toNanos(3);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final GraphMetrics metrics = new GraphMetrics(registry);

    private Timer operations(String kind, String transport, String result) {
        return registry.get("daveloper.graphql.operations")
                .tags("kind", kind, "transport", transport, "result", result)
                .timer();
    }

    private Timer named(String name, String result) {
        return registry.get("daveloper.graphql.named.operations")
                .tags("name", name, "result", result)
                .timer();
    }

    @Test
    void what_an_alert_looks_at_is_there_before_anybody_asks() {
        for (Result result : Result.values()) {
            assertThat(operations("query", "http", result.name().toLowerCase(Locale.ROOT))
                            .count())
                    .isZero();
        }
        assertThat(named(GraphListener.ANONYMOUS, "ok").count()).isZero();
    }

    @Test
    void an_operation_is_timed_by_what_it_is_and_apart_from_that_by_its_name() {
        metrics.done(new Operation("Mine", Kind.MUTATION, Transport.WEBSOCKET), Result.PARTIAL, 42, MILLIS_3);

        assertThat(operations("mutation", "websocket", "partial").totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(3);
        assertThat(named("Mine", "partial").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(3);
        assertThat(operations("query", "http", "ok").count()).isZero();
    }

    @Test
    void what_is_refused_before_it_is_done_has_no_weight() {
        metrics.refused(new Operation(GraphListener.OTHER, Kind.UNKNOWN, Transport.HTTP), MILLIS_3);
        metrics.done(new Operation(GraphListener.OTHER, Kind.QUERY, Transport.SSE), Result.OK, 42, MILLIS_3);

        DistributionSummary weights =
                registry.get("daveloper.graphql.complexity").summary();
        assertThat(weights.count()).isEqualTo(1);
        assertThat(weights.totalAmount()).isEqualTo(42);
        assertThat(operations("unknown", "http", "refused").count()).isEqualTo(1);
        assertThat(named(GraphListener.OTHER, "refused").count()).isEqualTo(1);
    }

    @Test
    void fields_that_fail_are_counted_by_the_schemas_words_and_the_tables() {
        metrics.fieldFailed("not_found", "Query.run");
        metrics.fieldFailed("not_found", "Query.run");
        metrics.fieldFailed("internal", "Query.run");

        assertThat(registry.get("daveloper.graphql.field.errors")
                        .tags("field", "Query.run", "code", "not_found")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("daveloper.graphql.field.errors").counters()).hasSize(2);
    }

    @Test
    void documents_are_counted_by_whether_they_are_known() {
        metrics.looked(Lookup.HIT);
        metrics.looked(Lookup.INVALID);

        assertThat(registry.get("daveloper.graphql.documents")
                        .tag("result", "hit")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("daveloper.graphql.documents").counters())
                .hasSize(3)
                .filteredOn(counter -> counter.count() > 0)
                .hasSize(2);
    }

    @Test
    void those_subscriptions_go_on_that_are_not_over() {
        metrics.subscribed(Transport.SSE);
        metrics.subscribed(Transport.SSE);
        metrics.unsubscribed(Transport.SSE);
        metrics.subscribed(Transport.WEBSOCKET);

        for (String transport : new String[] {"sse", "websocket"}) {
            assertThat(registry.get("daveloper.graphql.subscriptions")
                            .tag("transport", transport)
                            .gauge()
                            .value())
                    .isEqualTo(1);
        }
    }
}
