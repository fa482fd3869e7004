package dev.daveloper.http.graphql;

import dev.daveloper.domain.cache.Tag;
import dev.daveloper.http.GraphListener;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.sockets.SocketServlet;
import graphql.schema.GraphQLSchema;
import io.javalin.config.RoutesConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** GraphQL on all its transports. */
public final class GraphFeature {
    private final GraphRoutes routes;
    private final GraphProtocol protocol;
    private final HttpParts parts;

    /**
     * @param policies makes a rate limit of this name hold, as this sentence has it
     * @throws UnusableDocuments when only trusted documents are to be done, and the list of them cannot be used
     */
    public GraphFeature(HttpParts parts, BiConsumer<String, String> policies, GraphListener listener) {
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
                new EventFields(parts),
                new OperatorFields(ports, refusals, policies),
                new NodeFields(ports, webhooks, sessions::view)));
        Loaders loaders = new Loaders(ports);
        GraphConfig config = parts.config().graphs();
        KnownDocuments documents = new KnownDocuments(schema, config.limits(), config.introspection(), listener);
        Watch watch = new Watch(
                listener,
                config.operationNames(),
                ports.tracer(),
                parts.problems(),
                new SlowOperations(SlowOperations.THRESHOLD));
        GraphEngine engine = new GraphEngine(
                schema,
                config.limits(),
                documents,
                named(config, documents, ports),
                new GraphFailures(parts.problems()),
                loaders::ofRequest,
                watch);
        Sharing sharing = new Sharing(
                schema, Map.of(Tag.TOOLS, parts.config().kept().tools().ttl()));
        this.parts = parts;
        this.routes = new GraphRoutes(engine, new SharedAnswers(engine, sharing, parts.kept(), parts.json()), parts);
        this.protocol = new GraphProtocol(engine, parts);
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

    /** Puts the WebSocket beside Javalin's routes, at the same address. */
    public void addSockets(ServletContextHandler context, List<String> prefixes) {
        SocketServlet.addBesideOthers(context, prefixes, protocol, parts);
    }
}
