/** The same core as a graph: queries, mutations and subscriptions in GraphQL. */
@NullMarked
package dev.daveloper.http.graphql;

import org.jspecify.annotations.NullMarked;
