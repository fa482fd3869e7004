package dev.daveloper.application.webhooks;

import dev.daveloper.application.webhooks.in.Webhooks.Overview;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.Standing;
import java.time.Instant;
import java.util.Optional;

/** How all endpoints stand, as last asked. {@link #refresh} is for one thread, the rest for many. */
final class Figures {
    private final EndpointsNear near;
    private final DeliveryQueue queue;
    private final Dispatcher dispatcher;
    private volatile DeliveryQueue.Backlog waiting = new DeliveryQueue.Backlog(0, Optional.empty());

    Figures(EndpointsNear near, DeliveryQueue queue, Dispatcher dispatcher) {
        this.near = near;
        this.queue = queue;
        this.dispatcher = dispatcher;
    }

    void refresh() {
        long sum = 0;
        Optional<Instant> oldest = Optional.empty();
        for (Endpoint endpoint : near.all()) {
            DeliveryQueue.Backlog backlog = queue.backlog(endpoint.id());
            sum += backlog.waiting();
            if (endpoint.isEnabled()) {
                oldest = earlier(oldest, backlog.oldest());
            }
        }
        waiting = new DeliveryQueue.Backlog(sum, oldest);
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.isPresent() && other.get().isAfter(one.get()) ? one : other.or(() -> one);
    }

    Overview overview() {
        DeliveryQueue.Backlog backlog = waiting;
        return new Overview(
                near.all().size(),
                (int) near.all().stream().filter(Figures::isGivenUp).count(),
                dispatcher.leftAlone(),
                dispatcher.sending(),
                backlog.waiting(),
                backlog.oldest());
    }

    private static boolean isGivenUp(Endpoint endpoint) {
        return endpoint.standing() instanceof Standing.Disabled disabled
                && disabled.reason() != Standing.Reason.REQUESTED;
    }
}
