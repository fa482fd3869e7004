package dev.daveloper.http.graphql;

import graphql.ExecutionResult;
import graphql.execution.reactive.SubscriptionPublisher;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A subscription that has begun. */
final class Subscribed implements Results {
    private final PulledPublisher source;
    private final DataLoaderRegistry loaders;
    private final Duration timeout;
    private final Watch.Lasting lasting;
    private final Function<Throwable, ExecutionResult> failed;
    private final Inbox inbox = new Inbox();
    private boolean over;

    /**
     * @param timeout for the fields of one event
     * @param lasting closed when it is over
     * @param failed how the end of a subscription is told that failed
     */
    Subscribed(
            SubscriptionPublisher publisher,
            DataLoaderRegistry loaders,
            Duration timeout,
            Watch.Lasting lasting,
            Function<Throwable, ExecutionResult> failed) {
        this.source = (PulledPublisher) publisher.getUpstreamPublisher();
        this.loaders = loaders;
        this.timeout = timeout;
        this.lasting = lasting;
        this.failed = failed;
        publisher.subscribe(inbox);
    }

    @Override
    public Pulled next(Duration patience) throws InterruptedException {
        if (over) {
            return Ended.ENDED;
        }
        try {
            CompletableFuture<ExecutionResult> wanted = inbox.want();
            return switch (source.pull(patience)) {
                case EventSource.Event event -> {
                    over = event.last();
                    ExecutionResult result = wanted.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
                    // What was read for one event may be otherwise at the next.
                    loaders.getDataLoaders().forEach(DataLoader::clearAll);
                    yield new Next(result, event.last());
                }
                case EventSource.Quiet quiet -> Quiet.QUIET;
                case EventSource.Ended ended -> Ended.ENDED;
            };
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            over = true;
            @Nullable Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            return new Next(failed.apply(cause == null ? e : cause), true);
        }
    }

    @Override
    public void close() {
        source.close();
        lasting.close();
    }

    /** Where the result of the event arrives that was pulled last. */
    private static final class Inbox implements Subscriber<ExecutionResult> {
        private @Nullable Subscription subscription;
        private CompletableFuture<ExecutionResult> wanted = CompletableFuture.completedFuture(null);

        /** What comes next; asked for but once, however often nothing came of it. */
        CompletableFuture<ExecutionResult> want() {
            if (wanted.isDone()) {
                wanted = new CompletableFuture<>();
                if (subscription != null) {
                    subscription.request(1);
                }
            }
            return wanted;
        }

        @Override
        public void onSubscribe(Subscription subscribed) {
            subscription = subscribed;
        }

        @Override
        public void onNext(ExecutionResult result) {
            wanted.complete(result);
        }

        @Override
        public void onError(Throwable failure) {
            wanted.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            // The source tells its puller.
        }
    }
}
