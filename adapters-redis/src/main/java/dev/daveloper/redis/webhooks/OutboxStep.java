package dev.daveloper.redis.webhooks;

import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.Redis;
import java.util.List;
import java.util.Optional;

/** What a script is handed that tells of what it writes: it puts the event into the outbox of its own shard. */
public final class OutboxStep {
    private final Keys keys;
    private final SealedEvents events;
    private final Shards outboxes;

    public OutboxStep(Redis redis, Shards outboxes) {
        this.keys = redis.keys();
        this.events = new SealedEvents(redis.config().contentKeys());
        this.outboxes = outboxes;
    }

    /** The last two names that the script is given. */
    public List<String> names(int shard) {
        return List.of(keys.outbox(shard), keys.outgoing(shard));
    }

    /** The last two values: the id and the event, both empty when nobody is told. */
    public List<Object> values(Optional<WebhookEvent> told) {
        return told.isEmpty() ? List.of("", "") : List.of(told.get().id(), events.seal(told.get()));
    }

    /** The step was done; to be called then, so that this node looks into the outbox. */
    public void done(int shard, Optional<WebhookEvent> told) {
        if (told.isPresent()) {
            outboxes.used(shard);
        }
    }
}
