package dev.daveloper.http.graphql;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields that say themselves of which type of the schema they are, where that may be one of several. */
record Typed(String typeName, Map<String, ? extends @Nullable Object> fields) {}
