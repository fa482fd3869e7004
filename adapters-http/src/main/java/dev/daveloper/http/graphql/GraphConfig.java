package dev.daveloper.http.graphql;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What of GraphQL is there, and for whom.
 *
 * @param enabled whether any of it is
 * @param playground whether {@code /graphiql} is served
 * @param introspection whether the schema may be asked for, by a query or at {@code /graphql/schema}
 * @param persistedQueries whether clients may have documents remembered, to name them from then on
 * @param trustedDocuments a file with the only documents that are done, see {@link TrustedDocuments}; empty where
 *     all are that are valid
 * @param operationNames that metrics and traces tell apart
 */
public record GraphConfig(
        boolean enabled,
        boolean playground,
        boolean introspection,
        GraphLimits limits,
        boolean persistedQueries,
        Optional<Path> trustedDocuments,
        OperationNames operationNames) {
    public static final GraphConfig DEFAULT =
            new GraphConfig(true, true, true, GraphLimits.DEFAULT, true, Optional.empty(), OperationNames.NONE);

    public GraphConfig withEnabled(boolean there) {
        return new GraphConfig(
                there, playground, introspection, limits, persistedQueries, trustedDocuments, operationNames);
    }

    /** With both of what people look around with, or neither. */
    public GraphConfig forDevelopment(boolean development) {
        return new GraphConfig(
                enabled, development, development, limits, persistedQueries, trustedDocuments, operationNames);
    }

    public GraphConfig withPersistedQueries(boolean remembered) {
        return new GraphConfig(
                enabled, playground, introspection, limits, remembered, trustedDocuments, operationNames);
    }

    public GraphConfig withTrustedDocuments(Path file) {
        return new GraphConfig(
                enabled, playground, introspection, limits, persistedQueries, Optional.of(file), operationNames);
    }

    public GraphConfig withLimits(GraphLimits newLimits) {
        return new GraphConfig(
                enabled, playground, introspection, newLimits, persistedQueries, trustedDocuments, operationNames);
    }

    /** Whether {@code /graphql/schema} is there. */
    public boolean hasSchema() {
        return enabled && introspection;
    }

    /** Whether {@code /graphiql} is there. */
    public boolean hasPlayground() {
        return enabled && playground;
    }
}
