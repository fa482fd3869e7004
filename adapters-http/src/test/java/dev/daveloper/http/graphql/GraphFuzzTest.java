package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.events.out.ErrorReporter;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.http.FuzzContract;
import dev.daveloper.http.GraphListener;
import dev.daveloper.http.GraphListener.Transport;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.requests.JsonCodec;
import graphql.schema.GraphQLSchema;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dataloader.DataLoaderRegistry;

/** GraphQL as bodies bring it, and documents as they stand in one: read, and judged before anything is done. */
class GraphFuzzTest extends FuzzContract {
    private static final int MAX_CHARS = 65_536;

    private final JsonCodec json = new JsonCodec(MAX_CHARS);
    private final GraphEngine engine = engine();

    private static GraphEngine engine() {
        GraphQLSchema schema = GraphSchema.of(List.of());
        Problems problems = new Problems(InstantSource.system(), ErrorReporter.NONE);
        KnownDocuments documents = new KnownDocuments(schema, GraphLimits.DEFAULT, true, GraphListener.NONE);
        return new GraphEngine(
                schema,
                GraphLimits.DEFAULT,
                documents,
                new NamedDocuments(documents, Optional.empty(), Optional.empty()),
                new GraphFailures(problems),
                DataLoaderRegistry::new,
                new Watch(
                        GraphListener.NONE,
                        OperationNames.NONE,
                        Tracer.PASSING,
                        problems,
                        new SlowOperations(SlowOperations.THRESHOLD)));
    }

    @Override
    protected void take(byte[] input) throws InterruptedException {
        String document = new String(input, StandardCharsets.UTF_8);
        judge(new GraphRequest(Optional.of(document), Optional.empty(), Map.of(), Map.of()));
        try {
            judge(GraphRequests.of(json.readObject(input), json));
        } catch (InvalidRequest e) {
            assertThat(e.violations()).isNotEmpty();
        } catch (Refusal e) {
            assertThat(e.detail()).isNotBlank();
        }
    }

    private void judge(GraphRequest request) throws InterruptedException {
        switch (engine.judge(request, Transport.HTTP)) {
            case GraphEngine.Refused refused -> {
                assertThat(refused.errors()).isNotEmpty();
                assertThat(engine.of(refused).next(Duration.ZERO))
                        .isInstanceOfSatisfying(
                                Results.Next.class,
                                told -> assertThat(json.bytes(told.result().toSpecification()))
                                        .isNotEmpty());
            }
            case GraphEngine.Ready ready -> {
                assertThat(ready.weight()).isBetween(0, GraphLimits.DEFAULT.maxComplexity());
                assertThat(request.query().orElseThrow().length()).isLessThanOrEqualTo(GraphLimits.DEFAULT.maxChars());
            }
        }
    }
}
