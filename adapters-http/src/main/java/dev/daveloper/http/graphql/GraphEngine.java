package dev.daveloper.http.graphql;

import dev.daveloper.application.tracing.out.Tracer;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.execution.CoercedVariables;
import graphql.execution.RawVariables;
import graphql.execution.ValuesResolver;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.language.NodeUtil;
import graphql.language.OperationDefinition;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Judges what is asked, then does it. What is refused here has cost no more than its bounds, and nothing of it was done.
 * Safe for use by many threads.
 */
final class GraphEngine {
    private final GraphQLSchema schema;
    private final GraphLimits limits;
    private final KnownDocuments documents;
    private final Weights weights;
    private final GraphQL graph;
    private final GraphFailures failures;
    private final Supplier<DataLoaderRegistry> loaders;
    private final Tracer tracer;

    /** @param loaders makes those of one request */
    GraphEngine(
            GraphQLSchema schema,
            GraphLimits limits,
            GraphFailures failures,
            Supplier<DataLoaderRegistry> loaders,
            Tracer tracer) {
        this.schema = schema;
        this.limits = limits;
        this.documents = new KnownDocuments(schema, limits);
        this.weights = new Weights(schema);
        this.failures = failures;
        this.loaders = loaders;
        this.tracer = tracer;
        this.graph = GraphQL.newGraphQL(schema)
                .defaultDataFetcherExceptionHandler(failures)
                .preparsedDocumentProvider((input, parse) ->
                        CompletableFuture.completedFuture(new PreparsedDocumentEntry(documentOf(input))))
                .build();
    }

    /** What came of judging. */
    sealed interface Judgement {}

    /**
     * It may be done.
     *
     * @param weight that it counts with
     */
    record Ready(GraphRequest request, Document document, OperationDefinition operation, int weight)
            implements Judgement {
        /** The name that its author gave it; empty when there is none. */
        Optional<String> name() {
            return Optional.ofNullable(operation.getName());
        }

        OperationDefinition.Operation kind() {
            return operation.getOperation();
        }
    }

    /** It is no request, or too much of one. */
    record Refused(List<? extends GraphQLError> errors) implements Judgement {}

    /** @param request that has a document */
    Judgement judge(GraphRequest request) {
        KnownDocuments.Judged judged = documents.of(request.query().orElseThrow());
        if (!judged.isValid()) {
            return new Refused(judged.errors().stream().map(failures::invalid).toList());
        }
        Document document = judged.document().orElseThrow();
        try {
            String name = request.operationName().orElse(null);
            OperationDefinition operation = NodeUtil.getOperation(document, name).operationDefinition;
            CoercedVariables variables = ValuesResolver.coerceVariableValues(
                    schema,
                    operation.getVariableDefinitions(),
                    RawVariables.of(request.variables()),
                    GraphQLContext.getDefault(),
                    Locale.ENGLISH);
            int weight = weights.of(document, name, variables);
            if (weight > limits.maxComplexity()) {
                return new Refused(List.of(failures.tooComplex(weight, limits.maxComplexity())));
            }
            return new Ready(request, document, operation, weight);
        } catch (GraphQLException e) {
            return new Refused(List.of(failures.invalid(e)));
        }
    }

    /**
     * Does it, within the time that there is; what is not done by then is interrupted. For a subscription the result's
     * data are a publisher.
     *
     * @throws InterruptedException when the caller was; what was under way is interrupted too
     */
    ExecutionResult execute(Ready ready, Asker asker) throws InterruptedException {
        ExecutionInput input = ExecutionInput.newExecutionInput(
                        ready.request().query().orElseThrow())
                .operationName(ready.request().operationName().orElse(null))
                .variables(ready.request().variables())
                .graphQLContext(context -> context.of(Asker.class, asker).of(Document.class, ready.document()))
                .dataLoaderRegistry(loaders.get())
                .locale(Locale.ENGLISH)
                .build();
        FutureTask<ExecutionResult> doing = new FutureTask<>(() -> graph.execute(input));
        Thread.ofVirtual()
                .name("graphql")
                .start(tracer.current().map(span -> tracer.within(span, doing)).orElse(doing));
        try {
            ExecutionResult done = doing.get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return failures.told(bounded(done), asker.occasion());
        } catch (TimeoutException e) {
            return failures.result(failures.tookTooLong(limits.timeout()));
        } catch (ExecutionException e) {
            return failures.result(failures.of(causeOf(e), asker.occasion(), null));
        } finally {
            if (!doing.isDone()) {
                input.cancel();
                doing.cancel(true);
            }
        }
    }

    private static Document documentOf(ExecutionInput input) {
        return Objects.requireNonNull(input.getGraphQLContext().get(Document.class), "it was judged before");
    }

    private static Throwable causeOf(ExecutionException e) {
        @Nullable Throwable cause = e.getCause();
        return cause == null ? e : cause;
    }

    private ExecutionResult bounded(ExecutionResult result) {
        List<GraphQLError> errors = result.getErrors();
        return errors.size() <= limits.maxErrors()
                ? result
                : result.transform(builder -> builder.errors(errors.subList(0, limits.maxErrors())));
    }
}
