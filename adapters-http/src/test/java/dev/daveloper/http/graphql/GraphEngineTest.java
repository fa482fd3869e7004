package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.events.out.ErrorReporter;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.http.GraphListener;
import dev.daveloper.http.GraphListener.Transport;
import dev.daveloper.http.failures.Occasion;
import dev.daveloper.http.failures.Problems;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.dataloader.DataLoaderRegistry;
import org.junit.jupiter.api.Test;

/** The engine over a schema of the test's own, where anything can go wrong. */
class GraphEngineTest {
    private static final Occasion OCCASION = Occasion.ofServer("4bf92f3577b34da6a3ce929d0e0e4736");
    private static final GraphLimits PATIENT = within(Duration.ofMinutes(5));

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    private static GraphLimits within(Duration timeout) {
        return new GraphLimits(32_000, 4_000, 20, 1_000, 30, 5_000, timeout, 50, 500);
    }

    private ExecutionResult result(String query, Map<String, DataFetcher<?>> fields, GraphLimits limits)
            throws InterruptedException {
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
        fields.forEach((name, fetcher) -> wiring.type("Query", type -> type.dataFetcher(name, fetcher)));
        GraphQLSchema schema =
                new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse("""
                                type Query { number: Int sure: Int! list: [Int] fine: String other: String }
                                """), wiring.build());
        Problems problems = new Problems(InstantSource.system(), ErrorReporter.NONE);
        Watch watch = new Watch(
                GraphListener.NONE,
                OperationNames.NONE,
                Tracer.PASSING,
                problems,
                new SlowOperations(SlowOperations.THRESHOLD));
        KnownDocuments documents = new KnownDocuments(schema, limits, true, GraphListener.NONE);
        GraphEngine engine = new GraphEngine(
                schema,
                limits,
                documents,
                new NamedDocuments(documents, Optional.empty(), Optional.empty()),
                new GraphFailures(problems),
                DataLoaderRegistry::new,
                watch);
        GraphRequest request = new GraphRequest(Optional.of(query), Optional.empty(), Map.of(), Map.of());
        if (engine.judge(request, Transport.HTTP) instanceof GraphEngine.Ready ready) {
            return engine.execute(ready, new Nobody(OCCASION, Transport.HTTP));
        }
        throw new AssertionError(query + " was to be done");
    }

    private ExecutionResult result(String query, Map<String, DataFetcher<?>> fields) throws InterruptedException {
        return result(query, fields, PATIENT);
    }

    private Object waitForEver() throws InterruptedException {
        begun.countDown();
        try {
            never.await();
            return 1;
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    private static Object codeOf(ExecutionResult result) {
        return result.getErrors().getFirst().getExtensions().get("code");
    }

    @Test
    void what_takes_too_long_is_broken_off_and_gives_no_data() throws Exception {
        ExecutionResult late = result(
                "{ fine number }",
                Map.of("fine", field -> "so", "number", field -> waitForEver()),
                within(Duration.ofSeconds(1)));
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(late.isDataPresent()).isFalse();
        assertThat(late.toSpecification()).doesNotContainKey("data");
        assertThat(codeOf(late)).isEqualTo("query_timeout");
        assertThat(GraphStatus.of(late)).isEqualTo(503);
    }

    /** What a field works on, such as the request, belongs to another one as soon as this one is answered. */
    @Test
    void what_is_broken_off_is_over_before_it_is_answered() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutionResult late = result(
                "{ number }",
                Map.of("number", field -> {
                    try {
                        return waitForEver();
                    } finally {
                        // It needs a moment to leave.
                        over.set(!never.await(300, TimeUnit.MILLISECONDS));
                    }
                }),
                within(Duration.ofMillis(500)));
        assertThat(over).isTrue();
        assertThat(codeOf(late)).isEqualTo("query_timeout");
    }

    @Test
    void whoever_leaves_takes_what_was_asked_along() throws Exception {
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                result("{ number }", Map.of("number", field -> waitForEver()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        asking.interrupt();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(asking.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void a_whole_that_fails_has_the_status_of_its_failure() throws Exception {
        GraphFailures failures = new GraphFailures(new Problems(InstantSource.system(), failure -> {}));
        ExecutionResult away =
                failures.result(failures.of(new StoreUnavailable(new IllegalStateException("secret")), OCCASION, null));
        ExecutionResult broken = failures.result(failures.of(new IllegalStateException("secret"), OCCASION, null));
        assertThat(GraphStatus.of(away)).isEqualTo(503);
        assertThat(GraphStatus.of(broken)).isEqualTo(500);
        assertThat(broken.toSpecification().toString()).doesNotContain("secret").doesNotContain("path");
        assertThat(GraphStatus.of(ExecutionResult.newExecutionResult().build())).isEqualTo(500);
    }

    @Test
    void a_field_that_breaks_the_schema_is_a_defect_and_its_value_is_not_told() throws Exception {
        for (Map.Entry<String, DataFetcher<?>> broken : Map.<String, DataFetcher<?>>of(
                        "number", field -> "secret",
                        "sure", field -> null,
                        "list", field -> "secret")
                .entrySet()) {
            ExecutionResult result = result(
                    "{ fine " + broken.getKey() + " }",
                    Map.of("fine", field -> "so", broken.getKey(), broken.getValue()));
            assertThat(GraphStatus.of(result)).isEqualTo(200);
            assertThat(result.getErrors()).hasSize(1);
            assertThat(codeOf(result)).as(broken.getKey()).isEqualTo("internal");
            GraphQLError error = result.getErrors().getFirst();
            assertThat(error.getPath()).isEqualTo(List.of(broken.getKey()));
            assertThat(error.getMessage()).doesNotContain("secret");
        }
    }

    @Test
    void no_more_errors_are_told_than_may_be() throws Exception {
        GraphLimits few = new GraphLimits(32_000, 4_000, 20, 1_000, 30, 5_000, Duration.ofSeconds(10), 3, 500);
        List<String> many = IntStream.range(0, 100).mapToObj(i -> "x").toList();
        ExecutionResult result = result("{ list fine }", Map.of("list", field -> many, "fine", field -> "so"), few);
        assertThat(result.getErrors()).hasSize(3);
        assertThat(result.<Map<String, Object>>getData()).containsEntry("fine", "so");
    }
}
