package dev.daveloper.application.webhooks.in;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.webhooks.CustomHeaders;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.EndpointUrl;
import dev.daveloper.domain.webhooks.SigningSecret;
import dev.daveloper.domain.webhooks.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who is told of what happens, for administrators. Whoever asks has been let in before. Every method that names an
 * endpoint or delivery throws {@link dev.daveloper.domain.failures.NotFound} where there is none, and all throw {@link
 * dev.daveloper.domain.failures.StoreUnavailable}. An endpoint hears of what happens from the answer to its creation or
 * change on; other nodes follow within seconds.
 */
public interface Webhooks {
    /** For how long an old secret may sign beside the new one. */
    Duration MAX_OVERLAP = Duration.ofDays(7);

    /** How many dead deliveries are sent again by one wish; there may be more. */
    int MAX_RECOVERED = 10_000;

    /**
     * An endpoint to add.
     *
     * @param secret that the receiver brings along; empty for a new one
     */
    record NewEndpoint(
            EndpointUrl url,
            String description,
            Subscription subscription,
            CustomHeaders headers,
            OptionalInt perSecond,
            boolean enabled,
            Optional<SigningSecret> secret) {}

    /**
     * What an endpoint is to be like; nothing else of it is changed. One that fails has, from a change
     * on, as long again before it is given up.
     */
    record Change(
            Optional<EndpointUrl> url,
            Optional<String> description,
            Optional<Subscription> subscription,
            Optional<CustomHeaders> headers,
            Optional<OptionalInt> perSecond,
            Optional<Boolean> enabled) {}

    /**
     * Reads a URL as the installation's rules have it.
     *
     * @throws dev.daveloper.domain.failures.InvalidValue which says what is wrong with it
     */
    EndpointUrl urlOf(String text);

    /** @throws dev.daveloper.domain.failures.WebhookRefused when there are as many as may be */
    Endpoint create(NewEndpoint endpoint);

    /** Oldest first. */
    List<Endpoint> list();

    Endpoint find(EndpointId endpoint);

    /**
     * @param version that it must have; empty for any
     * @throws dev.daveloper.domain.failures.Changed when it has another
     */
    Endpoint change(EndpointId endpoint, Optional<Long> version, Change change);

    /**
     * It is told nothing any more, and what waits for it is forgotten.
     *
     * @param version that it must have; empty for any
     * @throws dev.daveloper.domain.failures.Changed when it has another
     */
    void delete(EndpointId endpoint, Optional<Long> version);

    /**
     * Gives it a new secret; the old one signs as well for a while.
     *
     * @param secret that the receiver brings along; empty for a new one
     * @param overlap how long, at most {@link #MAX_OVERLAP}; nothing makes the old one worthless at once
     * @throws dev.daveloper.domain.failures.Changed when it has another version
     * @throws dev.daveloper.domain.failures.WebhookRefused when two secrets sign already and the old one is to go on
     */
    Endpoint rotate(EndpointId endpoint, Optional<Long> version, Optional<SigningSecret> secret, Duration overlap);

    /**
     * Sends it a test event now, whatever it subscribes to and also when it is disabled; then it is tried once and no
     * more.
     */
    Delivery test(EndpointId endpoint);

    /** An endpoint's deliveries, newest first. */
    Page<Delivery> deliveries(EndpointId endpoint, Optional<DeliveryState.Kind> only, PageRequest page);

    DeliveryQueue.Known delivery(DeliveryId delivery);

    /** Sends it again, with the same id of the event. */
    Delivery redeliver(DeliveryId delivery);

    /**
     * Sends dead deliveries again that were made since, at most {@value #MAX_RECOVERED}, oldest first.
     *
     * @return how many
     */
    int recover(EndpointId endpoint, Instant since);

    /** How deliveries to it went since then; at most a week is remembered. */
    EndpointStats stats(EndpointId endpoint, Instant since);

    /** How this node stands with all endpoints, for those who watch it. Told from memory. */
    Overview overview();

    /**
     * @param endpoints there are
     * @param disabled of them, not by anybody's wish
     * @param leftAlone of them, by this node, because they failed several times in a row
     * @param sending attempts that this node makes at the moment
     * @param waiting deliveries of all endpoints, as last asked
     * @param oldestWaiting since when the one is due that is due longest, of endpoints that are enabled and do not
     *     fail; empty when none is
     */
    record Overview(
            int endpoints, int disabled, int leftAlone, int sending, long waiting, Optional<Instant> oldestWaiting) {
        public static final Overview EMPTY = new Overview(0, 0, 0, 0, 0, Optional.empty());
    }
}
