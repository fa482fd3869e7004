package dev.daveloper.http.graphql;

import dev.daveloper.application.tracing.out.Attribute;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.http.GraphListener.Operation;
import dev.daveloper.http.GraphListener.Result;
import dev.daveloper.http.failures.ProblemType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLObjectType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One operation while it is done. One thread begins and closes it; that a field failed may be told by any, also when
 * the operation is over.
 */
final class Watched implements AutoCloseable {
    private static final int SERVER_ERROR = 500;

    private final Watch watch;
    private final GraphEngine.Ready ready;
    private final Operation operation;
    private final Span span;
    /** A code of what failed on our account, and one of what did on the asker's. Which of many is no matter. */
    private volatile @Nullable String ours;

    private volatile @Nullable String theirs;
    /** Until somebody says otherwise: something broke that nobody expected. */
    private Result result = Result.FAILED;

    Watched(Watch watch, GraphEngine.Ready ready, Operation operation, Span span) {
        this.watch = watch;
        this.ready = ready;
        this.operation = operation;
        this.span = span;
    }

    GraphEngine.Ready ready() {
        return ready;
    }

    Operation operation() {
        return operation;
    }

    /** The work, as a part of this operation, by whatever thread does it. */
    Runnable within(Runnable work) {
        return watch.within(span, work);
    }

    /** A field of an operation could not be given, or is a refusal. */
    static void fieldFailed(DataFetchingEnvironment field, String code) {
        Watched watched = field.getGraphQlContext().get(Watched.class);
        if (watched != null) {
            watched.failed(code);
            GraphQLObjectType type =
                    Objects.requireNonNull(field.getExecutionStepInfo().getObjectType(), "fields are of objects");
            String name = type.getName() + "." + field.getFieldDefinition().getName();
            watched.watch.listener().fieldFailed(code, name);
        }
    }

    private void failed(String code) {
        boolean isOurs = ProblemType.find(code)
                .map(type -> type.status() >= SERVER_ERROR)
                .orElse(true);
        if (isOurs) {
            ours = code;
        } else {
            theirs = code;
        }
    }

    /** It has come to this, which is given back. */
    ExecutionResult ended(ExecutionResult outcome) {
        for (GraphQLError error : outcome.getErrors()) {
            failed(GraphFailures.codeOf(error));
        }
        if (ours != null) {
            result = Result.FAILED;
        } else if (outcome.getData() == null) {
            result = Result.REFUSED;
        } else {
            result = theirs == null ? Result.OK : Result.PARTIAL;
        }
        return outcome;
    }

    /** Whoever asked does not wait for it any more. */
    void cancelled() {
        result = Result.CANCELLED;
    }

    @Override
    public void close() {
        watch.ended(this, result);
        String own = ours;
        String refused = theirs;
        if (result == Result.FAILED) {
            span.failed(own == null ? FailureCode.INTERNAL.wireName() : own);
        } else if (refused != null) {
            span.put(Attribute.ERROR_TYPE, refused);
        }
        span.end();
    }
}
