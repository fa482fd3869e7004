package dev.daveloper.http.graphql;

import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.http.chat.MessageView;
import dev.daveloper.http.chat.RunView;
import dev.daveloper.http.documents.DocumentView;
import dev.daveloper.http.documents.JobView;
import dev.daveloper.http.sessions.SessionViews.SessionView;
import dev.daveloper.http.webhooks.DeliveryView;
import dev.daveloper.http.webhooks.WebhookView;
import graphql.TypeResolutionEnvironment;
import graphql.language.EnumTypeDefinition;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import graphql.schema.idl.EnumValuesProvider;
import graphql.schema.idl.FieldWiringEnvironment;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnionWiringEnvironment;
import graphql.schema.idl.WiringFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The schema as it is written, and where its fields come from. */
final class GraphSchema {
    private static final String RESOURCE = "/api/schema.graphqls";

    /** Of which types of the schema our own records are. */
    private static final Map<Class<?>, String> TYPES = Map.ofEntries(
            Map.entry(SessionView.class, "Session"),
            Map.entry(RunView.class, "Run"),
            Map.entry(MessageView.class, "Message"),
            Map.entry(DocumentView.class, "Document"),
            Map.entry(JobView.class, "Job"),
            Map.entry(Done.class, "Done"),
            Map.entry(SessionFields.OpenedSession.class, "OpenedSession"),
            Map.entry(WebhookView.class, "Webhook"),
            Map.entry(DeliveryView.class, "WebhookDelivery"),
            Map.entry(ToolResult.class, "ToolOutput"),
            Map.entry(ChatFields.SentMessage.class, "SentMessage"));

    private GraphSchema() {}

    /** The schema in its own language, as it is published. */
    static String text() {
        try (InputStream file = Objects.requireNonNull(GraphSchema.class.getResourceAsStream(RESOURCE))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GraphQLSchema of(List<Fields> features) {
        TypeDefinitionRegistry types = new SchemaParser().parse(text());
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring()
                .scalar(Scalars.DATE_TIME)
                .scalar(Scalars.JSON)
                .scalar(Scalars.LONG)
                .directive("admin", Guards.ADMIN)
                .directive("session", Guards.SESSION)
                .wiringFactory(new Usual());
        types.getTypes(EnumTypeDefinition.class)
                .forEach(type -> wiring.type(type.getName(), each -> each.enumValues(lowerCase())));
        features.forEach(feature -> feature.addTo(wiring));
        return new SchemaGenerator().makeExecutableSchema(types, wiring.build());
    }

    /** The words of the API, which are written large in GraphQL. */
    private static EnumValuesProvider lowerCase() {
        return name -> name.toLowerCase(Locale.ROOT);
    }

    /** What holds for all that no feature says anything else of. */
    private static final class Usual implements WiringFactory {
        @Override
        public boolean providesTypeResolver(InterfaceWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(InterfaceWiringEnvironment environment) {
            return Usual::typeOf;
        }

        @Override
        public boolean providesTypeResolver(UnionWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(UnionWiringEnvironment environment) {
            return Usual::typeOf;
        }

        private static GraphQLObjectType typeOf(TypeResolutionEnvironment environment) {
            Object value = Objects.requireNonNull(environment.getObject(), "null has no type");
            String name = value instanceof Typed typed ? typed.typeName() : TYPES.get(value.getClass());
            String known = Objects.requireNonNull(name, value.getClass()::getName);
            return Objects.requireNonNull(environment.getSchema().getObjectType(known), known);
        }

        @Override
        public DataFetcher<?> getDefaultDataFetcher(FieldWiringEnvironment environment) {
            return new PlainField(environment.getFieldDefinition().getName());
        }
    }
}
