package dev.daveloper.bootstrap.config;

import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.http.graphql.GraphConfig;
import dev.daveloper.http.graphql.GraphLimits;
import dev.daveloper.http.graphql.OperationNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of GraphQL is there, and what a query may be and cost. */
final class GraphKeys {
    private static final GraphLimits USUAL = GraphLimits.DEFAULT;

    /** Whether something is there: said, or left to {@code graphql.production}. */
    private enum Shown {
        AUTO,
        ON,
        OFF;

        boolean in(boolean production) {
            return this == AUTO ? !production : this == ON;
        }
    }

    private static final Kind<Shown> SHOWN =
            Kinds.choice(Map.of("auto", Shown.AUTO, "true", Shown.ON, "false", Shown.OFF));

    static final Setting<Boolean> ENABLED = Setting.of(
            "graphql.enabled",
            Kinds.FLAG,
            "true",
            "Whether there is GraphQL. Without it there is no /graphql, no /graphql/schema and no /graphiql.");
    static final Setting<Boolean> PRODUCTION = Setting.of(
            "graphql.production",
            Kinds.FLAG,
            "false",
            "Whether strangers call: true takes away what graphql.playground and graphql.introspection leave to it.");
    private static final Setting<Shown> PLAYGROUND = Setting.of(
            "graphql.playground",
            SHOWN,
            "auto",
            "Whether /graphiql is served; auto is true, and false with graphql.production.");
    private static final Setting<Shown> INTROSPECTION = Setting.of(
            "graphql.introspection",
            SHOWN,
            "auto",
            "Whether the schema may be asked for, by a query or at /graphql/schema; auto is true, and false with"
                    + " graphql.production.");
    static final Setting<Integer> MAX_DEPTH = Setting.of(
            "graphql.max-depth",
            Kinds.wholeNumber(1, GraphLimits.MOST_DEPTH),
            Integer.toString(USUAL.maxDepth()),
            "Fields within fields that a query may have, fragments unfolded. What asks for the schema needs up to 15.");
    static final Setting<Integer> MAX_COMPLEXITY = Setting.of(
            "graphql.max-complexity",
            Kinds.wholeNumber(1, GraphLimits.MOST_COMPLEXITY),
            Integer.toString(USUAL.maxComplexity()),
            "What a query may weigh by what the schema's @cost says of its fields, times the length of its pages.");
    static final Setting<Integer> MAX_ALIASES = Setting.of(
            "graphql.max-aliases",
            Kinds.wholeNumber(0, GraphLimits.MOST_ALIASES),
            Integer.toString(USUAL.maxAliases()),
            "Fields of a document that may be given another name.");
    static final Setting<Integer> MAX_DOCUMENT_CHARS = Setting.of(
            "graphql.max-document-chars",
            Kinds.wholeNumber(GraphLimits.LEAST_CHARS, GraphLimits.MOST_CHARS),
            Integer.toString(USUAL.maxChars()),
            "Longest document, in characters.");
    static final Setting<Duration> TIMEOUT = Setting.of(
            "graphql.timeout",
            Kinds.duration(GraphLimits.LEAST_TIMEOUT, GraphLimits.MOST_TIMEOUT),
            Durations.write(USUAL.timeout()),
            "Time for a query or mutation; what is not done by then is broken off.");
    static final Setting<Boolean> PERSISTED_QUERIES = Setting.of(
            "graphql.persisted-queries",
            Kinds.FLAG,
            "true",
            "Whether clients may have documents remembered in the cache and send their SHA-256 from then on. Of no"
                    + " effect with graphql.trusted-documents.");
    static final Setting<Optional<Path>> TRUSTED_DOCUMENTS = Setting.of(
            "graphql.trusted-documents",
            Kinds.OPTIONAL_PATH,
            "",
            "JSON file with the only documents that are done, each under its SHA-256 in lower-case hexadecimal; empty"
                    + " for any document that is valid.");

    static final Setting<OperationNames> OPERATION_NAMES = Setting.of(
            "graphql.operation-names",
            new Kind<>(
                    "list of names, may be empty",
                    "at most " + OperationNames.MAX
                            + " names of GraphQL joined by commas, each of at most 64 characters",
                    GraphKeys::names),
            "",
            "Names of operations that metrics and traces tell apart; all others are OTHER there.");

    static final Group GROUP = new Group(
            "GraphQL",
            List.of(
                    ENABLED,
                    PRODUCTION,
                    PLAYGROUND,
                    INTROSPECTION,
                    MAX_DEPTH,
                    MAX_COMPLEXITY,
                    MAX_ALIASES,
                    MAX_DOCUMENT_CHARS,
                    TIMEOUT,
                    PERSISTED_QUERIES,
                    TRUSTED_DOCUMENTS,
                    OPERATION_NAMES));

    private GraphKeys() {}

    static GraphConfig bind(Values values) {
        boolean production = values.get(PRODUCTION);
        return new GraphConfig(
                values.get(ENABLED),
                values.get(PLAYGROUND).in(production),
                values.get(INTROSPECTION).in(production),
                limits(values),
                values.get(PERSISTED_QUERIES),
                values.get(TRUSTED_DOCUMENTS),
                values.get(OPERATION_NAMES));
    }

    private static Optional<OperationNames> names(String text) {
        try {
            return Optional.of(new OperationNames(Kinds.words(text)));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private static GraphLimits limits(Values values) {
        return new GraphLimits(
                values.get(MAX_DOCUMENT_CHARS),
                USUAL.maxTokens(),
                values.get(MAX_DEPTH),
                USUAL.maxFields(),
                values.get(MAX_ALIASES),
                values.get(MAX_COMPLEXITY),
                values.get(TIMEOUT),
                USUAL.maxErrors(),
                USUAL.keptDocuments());
    }
}
