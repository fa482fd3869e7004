package dev.daveloper.http.graphql;

/**
 * What of GraphQL is there for people to look around in.
 *
 * @param playground whether {@code /graphiql} is served
 * @param introspection whether the schema may be asked for
 */
public record GraphConfig(boolean playground, boolean introspection) {
    public static final GraphConfig DEFAULT = new GraphConfig(true, true);
}
