package dev.daveloper.redis.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.PutOff;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Reply;
import dev.daveloper.redis.Script;
import dev.daveloper.stored.EpochNanos;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what is due, a batch by a script. What cannot be read is put off, and what is behind it taken instead. */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private static final Script CLAIM = Script.beside(Claims.class, "claim");
    private static final Script PUT_OFF = Script.beside(Claims.class, "put-off");
    private static final int CLAIM_PARTS = 6;
    private static final int NAME_BYTES = 8;

    private final Redis redis;
    private final SealedEvents events;
    /** Begins the tickets of this node, as no other's begin. */
    private final String node;

    private final AtomicLong tickets = new AtomicLong();

    Claims(Redis redis, SealedEvents events) {
        this.redis = redis;
        this.events = events;
        byte[] name = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(name);
        this.node = HexFormat.of().formatHex(name);
    }

    /** What a batch had in it. */
    private record Batch(List<Claim> read, List<Unread> unread) {}

    private record Unread(DeliveryId id, String ticket, UnreadableContent why) {}

    /** How much is taken, and of what. */
    record Wish(Hook hook, OptionalInt perSecond, Instant now, Duration leaseFor) {}

    List<Claim> take(Wish wish, int max) {
        List<Claim> claims = new ArrayList<>();
        List<Unread> unread = new ArrayList<>();
        try {
            Batch batch;
            do {
                batch = batch(wish, max - claims.size());
                claims.addAll(batch.read());
                unread.addAll(batch.unread());
                putOff(wish, batch.unread());
            } while (!batch.unread().isEmpty() && claims.size() < max && unread.size() < PutOff.MOST_AT_ONCE);
        } catch (StoreUnavailable e) {
            // What was not put off comes back when its lease runs out.
            if (claims.isEmpty()) {
                throw e;
            }
        }
        if (!unread.isEmpty()) {
            LOG.warn(
                    "of the deliveries to {} are put off: {}, such as {}: {}",
                    wish.hook().endpoint(),
                    unread.size(),
                    unread.getFirst().id(),
                    unread.getFirst().why().getMessage());
        }
        return claims;
    }

    private Batch batch(Wish wish, int max) {
        Hook hook = wish.hook();
        Instant until = wish.now().plus(wish.leaseFor());
        Reply reply = redis.run(
                CLAIM,
                List.of(hook.due(), hook.leased(), hook.waiting(), hook.sending(), hook.standing(), hook.next()),
                wish.now().toEpochMilli(),
                max,
                rate(wish),
                Hook.millis(until),
                EpochNanos.of(until),
                node + "-" + tickets.incrementAndGet(),
                hook.endpoint(),
                hook.deliveries());
        Batch batch = new Batch(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < reply.size(); i += CLAIM_PARTS) {
            DeliveryId id = new DeliveryId(reply.text(i));
            String ticket = reply.text(i + 5);
            try {
                batch.read()
                        .add(new Claim(
                                id,
                                hook.endpoint(),
                                events.open(new EventId(reply.text(i + 1)), reply.bytes(i + 2)),
                                (int) reply.number(i + 3) + 1,
                                (int) reply.number(i + 4),
                                ticket));
            } catch (UnreadableContent e) {
                batch.unread().add(new Unread(id, ticket, e));
            }
        }
        return batch;
    }

    private static Object rate(Wish wish) {
        return wish.perSecond().isPresent() ? wish.perSecond().getAsInt() : "";
    }

    private void putOff(Wish wish, List<Unread> unread) {
        if (unread.isEmpty()) {
            return;
        }
        Hook hook = wish.hook();
        List<Object> values = new ArrayList<>(List.of(hook.endpoint(), hook.deliveries(), rate(wish)));
        for (Unread one : unread) {
            Instant due = PutOff.until(one.id(), wish.now());
            values.addAll(List.of(one.id(), one.ticket(), EpochNanos.of(due), Hook.millis(due)));
        }
        redis.run(
                PUT_OFF,
                List.of(hook.due(), hook.leased(), hook.waiting(), hook.sending(), hook.standing(), hook.next()),
                values.toArray());
    }
}
