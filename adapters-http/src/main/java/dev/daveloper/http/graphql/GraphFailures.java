package dev.daveloper.http.graphql;

import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.http.failures.Occasion;
import dev.daveloper.http.failures.Problem;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.failures.TransportFailure;
import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.execution.ResultPath;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells failures as GraphQL does, in the words of the one table: the detail as the message, the code and what else
 * there is to know among the extensions. Safe for use by many threads.
 */
final class GraphFailures implements DataFetcherExceptionHandler {
    static final String CODE = "code";
    static final String STATUS = "status";

    /** What is wrong with a document may be as long as the document. */
    private static final int MAX_MESSAGE_CHARS = 500;

    private final Problems problems;

    GraphFailures(Problems problems) {
        this.problems = problems;
    }

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters failed) {
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(ofField(failed, unwrapped(failed.getException())))
                        .build());
    }

    private GraphQLError ofField(DataFetcherExceptionHandlerParameters failed, Throwable thrown) {
        if (thrown instanceof InterruptedException || thrown instanceof CancellationException) {
            // The operation was broken off, and whoever did that tells it; the field has done nothing wrong.
            return simple(TransportFailure.QUERY_TIMEOUT, "The operation was broken off.");
        }
        Asker asker = Given.asker(failed.getDataFetchingEnvironment());
        GraphQLError error = told(thrown, asker.occasion())
                .path(failed.getPath())
                .location(failed.getSourceLocation())
                .build();
        Watched.fieldFailed(failed.getDataFetchingEnvironment(), codeOf(error));
        return error;
    }

    /** @param path of the field; null for the whole */
    GraphQLError of(Throwable thrown, Occasion occasion, @Nullable ResultPath path) {
        GraphqlErrorBuilder<?> error = told(thrown, occasion);
        return (path == null ? error.locations(null) : error.locations(null).path(path)).build();
    }

    private GraphqlErrorBuilder<?> told(Throwable thrown, Occasion occasion) {
        Problems.Told told = problems.tell(thrown, occasion);
        return GraphqlErrorBuilder.newError()
                .errorType(ErrorType.DataFetchingException)
                .message("%s", told.problem().detail())
                .extensions(extensionsOf(told));
    }

    /** What is wrong with a document, which the library says well; none of it is the gateway's secret. */
    GraphQLError invalid(GraphQLError error) {
        return GraphqlErrorBuilder.newError()
                .errorType(error.getErrorType())
                .message("%s", shortened(error.getMessage()))
                .locations(isNowhere(error) ? null : error.getLocations())
                .extensions(extensionsOf(TransportFailure.QUERY_INVALID))
                .build();
    }

    /** A list of places that is empty is not told: GraphQL has none such. */
    private static boolean isNowhere(GraphQLError error) {
        return error.getLocations() == null || error.getLocations().isEmpty();
    }

    GraphQLError invalid(GraphQLException error) {
        String message = error.getMessage();
        return simple(
                TransportFailure.QUERY_INVALID, message == null ? "The operation cannot be done." : shortened(message));
    }

    GraphQLError missing() {
        return simple(TransportFailure.QUERY_INVALID, "A query is needed.");
    }

    GraphQLError tooComplex(int weight, int max) {
        return simple(
                TransportFailure.QUERY_TOO_COMPLEX,
                "The operation weighs " + weight + ", of at most " + max + ". Ask for fewer fields or shorter pages.");
    }

    GraphQLError tookTooLong(Duration timeout) {
        return simple(
                TransportFailure.QUERY_TIMEOUT,
                "The operation was not done within " + timeout.toMillis() + " ms, and was broken off.");
    }

    /** The code that an error is told with; what the library itself finds wrong with a result is our defect. */
    static String codeOf(GraphQLError error) {
        Map<String, Object> extensions = error.getExtensions();
        return extensions != null && extensions.get(CODE) instanceof String code
                ? code
                : FailureCode.INTERNAL.wireName();
    }

    /**
     * A result whose errors all come from the table. The others are the library's, and say that a field gave what the
     * schema does not have: a defect, of which its author is told and not its reader.
     */
    ExecutionResult told(ExecutionResult result, Occasion occasion) {
        if (result.getErrors().stream().allMatch(GraphFailures::isOurs)) {
            return result;
        }
        List<GraphQLError> errors = result.getErrors().stream()
                .map(error -> isOurs(error) ? error : unexpected(error, occasion))
                .toList();
        return result.transform(builder -> builder.errors(errors));
    }

    private static boolean isOurs(GraphQLError error) {
        return error.getExtensions() != null && error.getExtensions().containsKey(CODE);
    }

    private GraphQLError unexpected(GraphQLError error, Occasion occasion) {
        List<Object> path = error.getPath();
        return of(
                new IllegalStateException("a field gave what the schema does not have: " + error.getMessage()),
                occasion,
                path == null ? null : ResultPath.fromList(path));
    }

    /** A failure without data. */
    ExecutionResult result(GraphQLError error) {
        return ExecutionResultImpl.newExecutionResult().addError(error).build();
    }

    /** As above. */
    ExecutionResult result(List<? extends GraphQLError> errors) {
        return ExecutionResultImpl.newExecutionResult()
                .errors(List.copyOf(errors))
                .build();
    }

    static GraphQLError simple(TransportFailure failure, String message) {
        return GraphqlErrorBuilder.newError()
                .errorType(ErrorType.ExecutionAborted)
                .message("%s", message)
                .locations(null)
                .extensions(extensionsOf(failure))
                .build();
    }

    private static Map<String, Object> extensionsOf(TransportFailure failure) {
        return Map.of(CODE, failure.code(), STATUS, failure.type().status());
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE_CHARS ? message : message.substring(0, MAX_MESSAGE_CHARS) + "…";
    }

    private static Map<String, Object> extensionsOf(Problems.Told told) {
        Problem problem = told.problem();
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put(CODE, problem.code());
        extensions.put(STATUS, problem.status());
        if (problem.traceId() != null) {
            extensions.put("traceId", problem.traceId());
        }
        if (!problem.errors().isEmpty()) {
            extensions.put(
                    "errors",
                    problem.errors().stream()
                            .map(flaw -> Map.of("detail", flaw.detail(), "pointer", flaw.pointer()))
                            .toList());
        }
        String retryAfter = told.headers().get("Retry-After");
        if (retryAfter != null) {
            extensions.put("retryAfter", Long.parseLong(retryAfter));
        }
        return extensions;
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? cause : thrown;
    }
}
