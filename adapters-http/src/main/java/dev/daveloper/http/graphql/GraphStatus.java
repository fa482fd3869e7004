package dev.daveloper.http.graphql;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.util.List;
import java.util.Map;

/** What HTTP says of a result in {@value GraphRoutes#RESPONSE}: whether there are data, or else whose fault it is. */
final class GraphStatus {
    private static final int OK = 200;
    private static final int INTERNAL = 500;

    private GraphStatus() {}

    /** 200 when there is anything to read, were it null; otherwise that of the first error. */
    static int of(ExecutionResult result) {
        if (result.isDataPresent()) {
            return OK;
        }
        List<GraphQLError> errors = result.getErrors();
        return errors.isEmpty() ? INTERNAL : of(errors.getFirst());
    }

    private static int of(GraphQLError error) {
        Map<String, Object> extensions = error.getExtensions();
        return extensions != null && extensions.get(GraphFailures.STATUS) instanceof Integer status ? status : INTERNAL;
    }
}
