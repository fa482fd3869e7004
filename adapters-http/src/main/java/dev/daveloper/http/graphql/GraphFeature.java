package dev.daveloper.http.graphql;

import dev.daveloper.http.GraphListener;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.HttpPorts;
import graphql.schema.GraphQLSchema;
import io.javalin.config.RoutesConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;

/** GraphQL on all its transports. */
public final class GraphFeature {
    private final GraphRoutes routes;

    /**
     * @param policies makes a rate limit of this name hold, as this sentence has it
     * @param names that {@code listener} and traces are told
     */
    public GraphFeature(
            HttpParts parts, BiConsumer<String, String> policies, GraphListener listener, OperationNames names) {
        HttpPorts ports = parts.ports();
        Refusals refusals = new Refusals(parts.problems());
        SessionFields sessions = new SessionFields(ports, refusals);
        Inputs inputs = new Inputs(parts.json());
        WebhookFields webhooks = new WebhookFields(parts, refusals, inputs, InstantSource.system());
        GraphQLSchema schema = GraphSchema.of(List.of(
                sessions,
                webhooks,
                new ChatFields(parts, refusals, inputs, sessions::view),
                new DocumentFields(ports, refusals),
                new OperatorFields(ports, refusals, policies),
                new NodeFields(ports, webhooks, sessions::view)));
        Loaders loaders = new Loaders(ports);
        Watch watch = new Watch(
                listener, names, ports.tracer(), parts.problems(), new SlowOperations(SlowOperations.THRESHOLD));
        GraphEngine engine = new GraphEngine(
                schema, GraphLimits.DEFAULT, new GraphFailures(parts.problems()), loaders::ofRequest, watch);
        this.routes = new GraphRoutes(engine, parts);
    }

    public void register(RoutesConfig config, String prefix) {
        routes.register(config, prefix);
    }
}
