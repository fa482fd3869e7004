package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A process that ends runs on one thread while another hands on what they tell and attempts it, until it is killed. It
 * says what it was answered for: {@code endpoint ENDPOINT}; {@code begun SESSION RUN EVENT DELIVERY} and, when the run
 * has ended, {@code ended} with the same; {@code handed DELIVERY}; {@code claimed DELIVERY NUMBER} and, of every second
 * one, {@code settled DELIVERY NUMBER}.
 */
final class DoomedWebhooks {
    /** Longer than anybody waits: what is claimed or to be attempted later stays so until the process is dead. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final int AT_ONCE = 4;

    private final Conversations conversations = new Conversations(InstantSource.system());
    private final WebhookThings things = new WebhookThings(InstantSource.system());
    private final Endpoint endpoint = things.endpoint("x");
    private final EmbeddedStores stores;
    private int claimed;

    private DoomedWebhooks(EmbeddedStores stores) {
        this.stores = stores;
    }

    public static void main(String[] args) {
        DoomedWebhooks doomed = new DoomedWebhooks(
                EmbeddedStores.open(EmbeddedStoresConfig.in(Path.of(args[0]), InstantSource.system())));
        doomed.stores.webhookStore().add(doomed.endpoint, WebhookThings.MANY);
        say("endpoint", doomed.endpoint.id());
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                doomed.endARun();
            }
        });
        while (true) {
            doomed.handOn();
            doomed.attempt();
        }
    }

    private void endARun() {
        NewRun question = conversations.question("Why?").leasedFor(LONG).in(conversations.someSession());
        WebhookEvent told = things.event("{\"run\":\"" + question.run().id() + "\"}");
        DeliveryId delivery = DeliveryId.of(told, endpoint.id());
        stores.runStore().begin(question);
        say("begun", question.run().sessionId(), question.run().id(), told.id(), delivery);
        stores.runStore()
                .finish(
                        new Lease(question.run(), 1),
                        conversations.answer(question.run(), "Because."),
                        List.of(),
                        Optional.of(told));
        say("ended", question.run().sessionId(), question.run().id(), told.id(), delivery);
    }

    private void handOn() {
        for (WebhookEvent event : stores.outbox().waiting(AT_ONCE)) {
            stores.outbox().distribute(event, Set.of(endpoint.id()), Instant.now(), Integer.MAX_VALUE);
            say("handed", DeliveryId.of(event, endpoint.id()));
        }
    }

    private void attempt() {
        List<Claim> claims =
                stores.deliveryQueue().claim(endpoint.id(), AT_ONCE, OptionalInt.empty(), Instant.now(), LONG);
        claims.forEach(claim -> say("claimed", claim.id(), claim.number()));
        for (Claim claim : claims) {
            // Of all claims, not of these: they may come one by one.
            if (claimed++ % 2 == 1) {
                continue;
            }
            stores.deliveryQueue()
                    .settle(
                            claim,
                            things.failure(claim, "no"),
                            new Next.Retry(Instant.now().plus(LONG)));
            say("settled", claim.id(), claim.number());
        }
    }

    private static void say(String what, Object... of) {
        StringBuilder line = new StringBuilder(what);
        for (Object word : of) {
            line.append(' ').append(word);
        }
        System.out.println(line);
    }
}
