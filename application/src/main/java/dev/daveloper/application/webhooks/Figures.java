package dev.daveloper.application.webhooks;

import dev.daveloper.application.webhooks.in.Webhooks.Overview;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** How all endpoints stand, as last asked. {@link #refresh} is for one thread, the rest for many. */
final class Figures {
    private final EndpointsNear near;
    private final DeliveryQueue queue;
    private final Dispatcher dispatcher;
    private final InstantSource clock;
    private volatile Waiting waiting = new Waiting(0, Optional.empty());

    /** @param due first of all whose turn nothing but others stands in the way of */
    private record Waiting(long deliveries, Optional<Instant> due) {}

    Figures(EndpointsNear near, DeliveryQueue queue, Dispatcher dispatcher, InstantSource clock) {
        this.near = near;
        this.queue = queue;
        this.dispatcher = dispatcher;
        this.clock = clock;
    }

    void refresh() {
        long sum = 0;
        Optional<Instant> due = Optional.empty();
        for (Endpoint endpoint : near.all()) {
            DeliveryQueue.Backlog backlog = queue.backlog(endpoint.id());
            sum += backlog.waiting();
            if (endpoint.isEnabled() && !dispatcher.isFailing(endpoint.id())) {
                due = earlier(due, backlog.due());
            }
        }
        waiting = new Waiting(sum, due);
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.isPresent() && other.get().isAfter(one.get()) ? one : other.or(() -> one);
    }

    Overview overview() {
        Waiting known = waiting;
        Instant now = clock.instant();
        return new Overview(
                near.all().size(),
                (int) near.all().stream().filter(Figures::isGivenUp).count(),
                dispatcher.leftAlone(),
                dispatcher.sending(),
                known.deliveries(),
                known.due().filter(due -> !due.isAfter(now)));
    }

    private static boolean isGivenUp(Endpoint endpoint) {
        return endpoint.standing() instanceof Standing.Disabled disabled
                && disabled.reason() != Standing.Reason.REQUESTED;
    }
}
