package dev.daveloper.application.webhooks;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.webhooks.out.WebhookPorts;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Hands what is in the outbox to the queues of those who want it. One thread. */
final class Relay {
    private static final int BATCH = 256;

    /** What other nodes leave behind is found within this. */
    private static final Duration PACE = Duration.ofSeconds(2);

    /** The same while nobody is to be told. */
    private static final Duration IDLE_PACE = Duration.ofSeconds(30);

    private final WebhookPorts ports;
    private final EndpointsNear near;
    private final int maxWaiting;
    private final InstantSource clock;
    private final Consumer<Set<EndpointId>> dispatching;
    private final Turns turns;

    /** @param dispatching learns whose queues have got something */
    Relay(
            WebhookPorts ports,
            EndpointsNear near,
            int maxWaiting,
            InstantSource clock,
            EventListener listener,
            Consumer<Set<EndpointId>> dispatching) {
        this.ports = ports;
        this.near = near;
        this.maxWaiting = maxWaiting;
        this.clock = clock;
        this.dispatching = dispatching;
        this.turns = new Turns("webhook-relay", this::turn, listener, clock);
    }

    void start() {
        turns.start();
    }

    void stop() {
        turns.stop();
    }

    /** Something was put into the outbox. */
    void wake() {
        turns.wake();
    }

    void close(Duration patience) throws InterruptedException {
        turns.close(patience);
    }

    private Duration turn() {
        if (!near.isKnown()) {
            near.reload();
        }
        List<WebhookEvent> batch = ports.outbox().waiting(BATCH);
        Optional<RuntimeException> defect = Optional.empty();
        for (WebhookEvent event : batch) {
            try {
                distribute(event);
            } catch (StoreUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                // Those behind it do not wait for it.
                defect = Optional.of(e);
            }
        }
        if (defect.isPresent()) {
            throw defect.get();
        }
        if (batch.size() == BATCH) {
            return Duration.ZERO;
        }
        return near.isAnyEnabled() ? PACE : IDLE_PACE;
    }

    private void distribute(WebhookEvent event) {
        Set<EndpointId> wanting = near.wanting(event.type(), event.session());
        ports.outbox().distribute(event, wanting, clock.instant(), maxWaiting);
        ports.listener().distributed(event.type(), wanting.size());
        dispatching.accept(wanting);
    }
}
