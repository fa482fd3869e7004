package dev.daveloper.http.graphql;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A source as the library takes it. It publishes when it is pulled, on the thread that pulls, so that nothing is
 * buffered between a follower and its viewer. For one subscriber.
 */
final class PulledPublisher implements Publisher<Object>, AutoCloseable {
    private final EventSource source;
    private volatile @Nullable Subscriber<? super Object> subscriber;

    PulledPublisher(EventSource source) {
        this.source = source;
    }

    @Override
    public void subscribe(Subscriber<? super Object> subscribed) {
        subscriber = subscribed;
        subscribed.onSubscribe(new Subscription() {
            @Override
            public void request(long count) {
                // Whoever wants an event pulls it.
            }

            @Override
            public void cancel() {
                close();
            }
        });
    }

    /** Publishes the next event, if one comes within this time; the caller has asked for it. */
    EventSource.Pulled pull(Duration patience) throws InterruptedException {
        EventSource.Pulled pulled = source.next(patience);
        Subscriber<? super Object> told = subscriber;
        if (pulled instanceof EventSource.Event event && told != null) {
            told.onNext(event.value());
        }
        return pulled;
    }

    @Override
    public void close() {
        source.close();
    }
}
