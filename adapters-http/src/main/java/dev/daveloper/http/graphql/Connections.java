package dev.daveloper.http.graphql;

import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.failures.InvalidRequest;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pages in the form of Relay's connections. The cursor of an edge is that of its page's end, for the ports know no
 * other: to go on from within a page, ask for a shorter one.
 */
final class Connections {
    private Connections() {}

    /** The arguments {@code first} and {@code after}; {@code first} has a default in the schema. */
    static PageRequest pageOf(DataFetchingEnvironment environment) {
        int first = environment.getArgumentOrDefault("first", PageRequest.DEFAULT_LIMIT);
        if (first < 1 || first > PageRequest.MAX_LIMIT) {
            throw new InvalidRequest("#/first", "first must be from 1 to " + PageRequest.MAX_LIMIT + ".");
        }
        String after = environment.getArgument("after");
        return new PageRequest(first, Optional.ofNullable(after).filter(cursor -> !cursor.isEmpty()));
    }

    /** Nothing was found because nothing could be. */
    static Map<String, Object> empty() {
        return of(new Page<>(List.of(), Optional.empty()), Function.identity());
    }

    static <T> Map<String, Object> of(Page<T> page, Function<T, ?> view) {
        List<Object> nodes = new ArrayList<>(page.items().size());
        page.items().forEach(item -> nodes.add(view.apply(item)));
        String end = page.nextCursor().orElse("");
        List<Object> edges = new ArrayList<>(nodes.size());
        nodes.forEach(node -> edges.add(Map.of("node", node, "cursor", end)));
        boolean more = page.nextCursor().isPresent();
        Map<String, Object> info = more
                ? Map.of("hasNextPage", true, "hasPreviousPage", false, "startCursor", end, "endCursor", end)
                : Map.of("hasNextPage", false, "hasPreviousPage", false);
        return Map.of("nodes", nodes, "edges", edges, "pageInfo", info);
    }
}
