package dev.daveloper.http.graphql;

import graphql.schema.idl.RuntimeWiring;

/** What a feature adds to the graph: where its fields come from. Every one of them asks a driving port. */
@FunctionalInterface
interface Fields {
    void addTo(RuntimeWiring.Builder wiring);
}
