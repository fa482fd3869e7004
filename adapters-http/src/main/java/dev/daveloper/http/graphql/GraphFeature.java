package dev.daveloper.http.graphql;

import dev.daveloper.domain.cache.Tag;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.HttpPorts;
import graphql.schema.GraphQLSchema;
import io.javalin.config.RoutesConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** GraphQL on all its transports. */
public final class GraphFeature {
    private final GraphRoutes routes;

    /**
     * @param policies makes a rate limit of this name hold, as this sentence has it
     * @throws UnusableDocuments when only trusted documents are to be done, and the list of them cannot be used
     */
    public GraphFeature(HttpParts parts, BiConsumer<String, String> policies) {
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
        GraphConfig config = parts.config().graphs();
        KnownDocuments documents = new KnownDocuments(schema, config.limits(), config.introspection());
        GraphEngine engine = new GraphEngine(
                schema,
                config.limits(),
                documents,
                new GraphFailures(parts.problems()),
                loaders::ofRequest,
                ports.tracer());
        Sharing sharing = new Sharing(
                schema, Map.of(Tag.TOOLS, parts.config().kept().tools().ttl()));
        SharedAnswers shared = new SharedAnswers(engine, sharing, parts.kept(), parts.json());
        this.routes = new GraphRoutes(engine, named(config, documents, ports), shared, parts);
    }

    private static NamedDocuments named(GraphConfig config, KnownDocuments documents, HttpPorts ports) {
        return new NamedDocuments(
                documents,
                config.persistedQueries() ? Optional.of(new RememberedDocuments(ports.caching())) : Optional.empty(),
                config.trustedDocuments().map(file -> TrustedDocuments.read(file, documents)));
    }

    public void register(RoutesConfig config, String prefix) {
        routes.register(config, prefix);
    }
}
