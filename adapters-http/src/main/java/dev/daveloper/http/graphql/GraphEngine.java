package dev.daveloper.http.graphql;

import dev.daveloper.http.GraphListener.Transport;
import dev.daveloper.http.failures.Occasion;
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
import graphql.execution.reactive.SubscriptionPublisher;
import graphql.language.Document;
import graphql.language.NodeUtil;
import graphql.language.OperationDefinition;
import graphql.schema.GraphQLSchema;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * Judges what is asked, then does it. What is refused here has cost no more than its bounds, and nothing of it was
 * done. Safe for use by many threads.
 */
final class GraphEngine {
    /** What a field that is interrupted needs to notice it. */
    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final GraphQLSchema schema;
    private final GraphLimits limits;
    private final KnownDocuments documents;
    private final NamedDocuments named;
    private final Weights weights;
    private final GraphQL graph;
    private final GraphFailures failures;
    private final Supplier<DataLoaderRegistry> loaders;
    private final Watch watch;

    /** @param loaders makes those of one request */
    GraphEngine(
            GraphQLSchema schema,
            GraphLimits limits,
            KnownDocuments documents,
            NamedDocuments named,
            GraphFailures failures,
            Supplier<DataLoaderRegistry> loaders,
            Watch watch) {
        this.schema = schema;
        this.limits = limits;
        this.documents = documents;
        this.named = named;
        this.weights = new Weights(schema);
        this.failures = failures;
        this.loaders = loaders;
        this.watch = watch;
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
     * @param beganAtNanos when it was there to be read, as {@link System#nanoTime} has it
     */
    record Ready(GraphRequest request, Document document, OperationDefinition operation, int weight, long beganAtNanos)
            implements Judgement {
        /** The name that its author gave it; empty when there is none. */
        Optional<String> name() {
            return Optional.ofNullable(operation.getName());
        }

        OperationDefinition.Operation kind() {
            return operation.getOperation();
        }
    }

    /** It is no request, or too much of one, or there is no such document. */
    record Refused(List<? extends GraphQLError> errors, Cause cause) implements Judgement {
        Refused(List<? extends GraphQLError> errors) {
            this(errors, Cause.OPERATION);
        }
    }

    /** What an operation is refused for. */
    enum Cause {
        /** What the operation is. */
        OPERATION,
        /** What its document is called by. */
        NAME,
        /** A name that is not known yet, which is a step of automatic persisted queries and no fault. */
        UNKNOWN_YET
    }

    /** @throws InterruptedException when the caller was, while a document was looked for */
    Judgement judge(GraphRequest request, Transport transport) throws InterruptedException {
        long beganAtNanos = System.nanoTime();
        Judgement judgement = switch (named.resolve(request)) {
            case NamedDocuments.Resolved resolved -> judge(resolved.request(), beganAtNanos);
            case NamedDocuments.Unresolved unresolved -> new Refused(List.of(unresolved.error()), unresolved.cause());
        };
        if (judgement instanceof Refused refused && refused.cause() != Cause.UNKNOWN_YET) {
            watch.refused(request, transport, refused.errors(), System.nanoTime() - beganAtNanos);
        }
        return judgement;
    }

    private Judgement judge(GraphRequest request, long beganAtNanos) {
        if (request.query().isEmpty()) {
            return new Refused(List.of(failures.missing()));
        }
        KnownDocuments.Judged judged = documents.of(request.query().get());
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
            return new Ready(request, document, operation, weight, beganAtNanos);
        } catch (GraphQLException e) {
            return new Refused(List.of(failures.invalid(e)));
        }
    }

    /**
     * Does it, within the time that there is; what is not done by then is interrupted. A subscription is begun by that.
     *
     * @throws InterruptedException when the caller was; what was under way is interrupted too
     */
    Results begin(Ready ready, Asker asker) throws InterruptedException {
        if (ready.kind() != OperationDefinition.Operation.SUBSCRIPTION) {
            return Results.of(execute(ready, asker));
        }
        DataLoaderRegistry loading = loaders.get();
        Followed followed = new Followed();
        boolean begun = false;
        try {
            ExecutionResult result = execute(ready, asker, loading, followed);
            if (!(result.getData() instanceof SubscriptionPublisher publisher)) {
                return Results.of(failures.result(result.getErrors()));
            }
            begun = true;
            return new Subscribed(
                    publisher,
                    loading,
                    limits.timeout(),
                    watch.subscribed(asker.transport()),
                    e -> failed(e, asker.occasion()));
        } finally {
            if (!begun) {
                followed.close();
            }
        }
    }

    /**
     * Does what is no subscription, within the time that there is.
     *
     * @throws InterruptedException when the caller was; what was under way is interrupted too
     */
    ExecutionResult execute(Ready ready, Asker asker) throws InterruptedException {
        return execute(ready, asker, loaders.get(), new Followed());
    }

    /** That an operation failed before it was begun, as its result. */
    ExecutionResult failed(Throwable failure, Occasion occasion) {
        return failures.result(failures.of(failure, occasion, null));
    }

    /** What was refused, as the result of what was asked for. */
    Results of(Refused refused) {
        return Results.of(failures.result(refused.errors()));
    }

    private ExecutionResult execute(Ready ready, Asker asker, DataLoaderRegistry loading, Followed followed)
            throws InterruptedException {
        try (Watched watched = watch.begin(ready, asker.transport())) {
            Map<Class<?>, Object> context = Map.of(
                    Asker.class, asker,
                    Document.class, ready.document(),
                    Followed.class, followed,
                    Watched.class, watched);
            return watched.ended(execute(ready, asker.occasion(), context, loading, watched));
        }
    }

    /** Does it, within the time that there is. For a subscription the result's data are a publisher. */
    private ExecutionResult execute(
            Ready ready, Occasion occasion, Map<?, Object> context, DataLoaderRegistry loading, Watched watched)
            throws InterruptedException {
        ExecutionInput input = ExecutionInput.newExecutionInput(
                        ready.request().query().orElseThrow())
                .operationName(ready.request().operationName().orElse(null))
                .variables(ready.request().variables())
                .graphQLContext(context)
                .dataLoaderRegistry(loading)
                .locale(Locale.ENGLISH)
                .build();
        FutureTask<ExecutionResult> doing = new FutureTask<>(() -> graph.execute(input));
        Thread worker = Thread.ofVirtual().name("graphql").start(watched.within(doing));
        try {
            ExecutionResult done = doing.get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return failures.told(bounded(done), occasion);
        } catch (InterruptedException e) {
            watched.cancelled();
            throw e;
        } catch (TimeoutException e) {
            GraphQLError late = failures.tookTooLong(limits.timeout());
            watch.count(GraphFailures.codeOf(late));
            return failures.result(late);
        } catch (ExecutionException e) {
            return failed(causeOf(e), occasion);
        } finally {
            if (!doing.isDone()) {
                input.cancel();
                doing.cancel(true);
                awaitLeft(worker);
            }
        }
    }

    /** What it works on, such as the request, is another one's when its caller has gone on. */
    private static void awaitLeft(Thread worker) throws InterruptedException {
        worker.join(LEAVING);
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
