package dev.daveloper.http.graphql;

import static dev.daveloper.http.GraphListener.Kind.QUERY;
import static dev.daveloper.http.GraphListener.Kind.UNKNOWN;
import static dev.daveloper.http.GraphListener.OTHER;
import static dev.daveloper.http.GraphListener.Result.CANCELLED;
import static dev.daveloper.http.GraphListener.Result.FAILED;
import static dev.daveloper.http.GraphListener.Result.OK;
import static dev.daveloper.http.GraphListener.Result.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.events.out.ErrorReporter;
import dev.daveloper.application.testkit.RecordingTracer;
import dev.daveloper.application.testkit.RecordingTracer.Recorded;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.http.GraphListener.Transport;
import dev.daveloper.http.failures.Occasion;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.graphql.HeardGraphs.Heard;
import graphql.ExecutionResult;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.dataloader.DataLoaderRegistry;
import org.junit.jupiter.api.Test;

/** What is told of operations with fields that do as the test says. */
class WatchedOperationsTest {
    private static final Transport WAY = Transport.WEBSOCKET;

    private final HeardGraphs heard = new HeardGraphs();
    private final RecordingTracer tracer = new RecordingTracer();
    private final Problems problems = new Problems(InstantSource.system(), ErrorReporter.NONE);
    private final Watch watch = new Watch(
            heard, new OperationNames(Set.of("Mine")), tracer, problems, new SlowOperations(SlowOperations.THRESHOLD));

    private GraphEngine engine(Duration timeout, DataFetcher<?> field) {
        GraphQLSchema schema = new SchemaGenerator()
                .makeExecutableSchema(
                        new SchemaParser().parse("type Query { field: String! }"),
                        RuntimeWiring.newRuntimeWiring()
                                .type("Query", type -> type.dataFetcher("field", field))
                                .build());
        GraphLimits limits = new GraphLimits(1_000, 1_000, 20, 1_000, 30, 5_000, timeout, 50, 500);
        KnownDocuments documents = new KnownDocuments(schema, limits, true, watch.listener());
        NamedDocuments named = new NamedDocuments(documents, Optional.empty(), Optional.empty());
        return new GraphEngine(
                schema, limits, documents, named, new GraphFailures(problems), DataLoaderRegistry::new, watch);
    }

    private GraphEngine engine(DataFetcher<?> field) {
        return engine(Duration.ofSeconds(20), field);
    }

    private static ExecutionResult execute(GraphEngine engine, String query) throws InterruptedException {
        GraphRequest request = new GraphRequest(Optional.of(query), Optional.empty(), Map.of(), Map.of());
        GraphEngine.Ready ready = (GraphEngine.Ready) engine.judge(request, WAY);
        return engine.execute(ready, new Nobody(Occasion.ofServer(""), WAY));
    }

    @Test
    void names_that_are_listed_are_told() throws Exception {
        execute(engine(field -> "a"), "query Mine { field }");
        execute(engine(field -> "a"), "query Yours { field }");

        assertThat(heard.operations())
                .containsExactly(Heard.of("Mine", QUERY, WAY, OK), Heard.of(OTHER, QUERY, WAY, OK));
    }

    @Test
    void an_operation_is_a_part_of_the_request_and_what_its_fields_call_is_a_part_of_it() throws Exception {
        Span request = tracer.begin(Tracer.Kind.SERVER, "request", Optional.empty());
        Tracer.Scope scope = tracer.enter(request);
        execute(
                engine(field -> {
                    tracer.below(Tracer.Kind.CLIENT, "call").end();
                    return "a";
                }),
                "query Mine { field }");
        scope.close();

        Recorded operation = tracer.ended("query Mine").orElseThrow();
        assertThat(operation.parent()).contains(request.context().spanId());
        assertThat(operation.kind()).isEqualTo(Tracer.Kind.SERVER);
        assertThat(operation.attributes())
                .containsOnly(
                        Map.entry("graphql.operation.type", "query"), Map.entry("graphql.operation.name", "Mine"));
        assertThat(tracer.ended("call").orElseThrow().parent())
                .contains(operation.context().spanId());
    }

    @Test
    void a_name_that_is_not_listed_is_in_no_trace() throws Exception {
        execute(engine(field -> "a"), "query Yours { field }");

        assertThat(tracer.ended()).extracting(Recorded::name).containsExactly("query");
        assertThat(tracer.ended().getFirst().attributes()).containsOnly(Map.entry("graphql.operation.type", "query"));
        assertThat(tracer.open()).isZero();
    }

    @Test
    void a_field_that_breaks_fails_its_operation() throws Exception {
        execute(
                engine(field -> {
                    throw new IllegalStateException("Xyzzy");
                }),
                "query Mine { field }");

        assertThat(heard.operations()).containsExactly(Heard.of("Mine", QUERY, WAY, FAILED));
        assertThat(heard.fields()).containsExactly("internal Query.field");
        assertThat(tracer.ended("query Mine").orElseThrow().failure()).contains("internal");
    }

    @Test
    void what_the_library_finds_wrong_with_a_result_is_our_failure() throws Exception {
        execute(engine(field -> null), "query Mine { field }");

        assertThat(heard.operations()).containsExactly(Heard.of("Mine", QUERY, WAY, FAILED));
        assertThat(tracer.ended("query Mine").orElseThrow().failure()).contains("internal");
    }

    @Test
    void what_takes_too_long_is_a_failure_and_its_fields_are_none() throws Exception {
        AtomicReference<Thread> working = new AtomicReference<>();
        ExecutionResult result = execute(engine(Duration.ofSeconds(1), endless(working)), "query Mine { field }");

        assertThat(GraphFailures.codeOf(result.getErrors().getFirst())).isEqualTo("query_timeout");
        assertThat(heard.operations()).containsExactly(Heard.of("Mine", QUERY, WAY, FAILED));
        assertThat(problems.counts().of("query_timeout")).isEqualTo(1);
        working.get().join();
        assertThat(problems.counts().of("internal")).isZero();
        assertThat(heard.fields()).isEmpty();
    }

    @Test
    void whoever_does_not_wait_cancels_and_nothing_has_failed() throws Exception {
        AtomicReference<Thread> working = new AtomicReference<>();
        Thread caller = Thread.currentThread();
        GraphEngine engine = engine(field -> {
            caller.interrupt();
            return endless(working).get(field);
        });

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> execute(engine, "query Mine { field }"));
        assertThat(heard.operations()).containsExactly(Heard.of("Mine", QUERY, WAY, CANCELLED));
        assertThat(tracer.ended("query Mine").orElseThrow().failure()).isEmpty();
        await().until(() -> working.get() != null);
        working.get().join();
        assertThat(problems.counts().of("internal")).isZero();
    }

    /** @param working what waits */
    private static DataFetcher<?> endless(AtomicReference<Thread> working) {
        return field -> {
            working.set(Thread.currentThread());
            new CountDownLatch(1).await();
            return "never";
        };
    }

    @Test
    void what_is_refused_before_it_is_done_is_a_span_that_says_why() throws Exception {
        GraphRequest request =
                new GraphRequest(Optional.of("query Mine { no }"), Optional.of("Mine"), Map.of(), Map.of());
        engine(field -> "a").judge(request, WAY);

        assertThat(heard.operations()).containsExactly(Heard.of("Mine", UNKNOWN, WAY, REFUSED));
        assertThat(tracer.ended("GraphQL Operation").orElseThrow().attributes())
                .containsOnly(Map.entry("error.type", "query_invalid"));
    }

    @Test
    void a_subscription_is_over_once_however_often_it_is_ended() {
        Watch.Lasting one = watch.subscribed(Transport.SSE);
        Watch.Lasting other = watch.subscribed(WAY);
        assertThat(heard.open()).isEqualTo(2);
        one.close();
        one.close();
        assertThat(heard.open()).isEqualTo(1);
        other.close();
        assertThat(heard.open()).isZero();
    }
}
