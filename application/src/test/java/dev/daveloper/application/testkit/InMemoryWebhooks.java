package dev.daveloper.application.testkit;

import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The stores of webhooks over plain maps and one lock: the shortest thing that keeps their contracts. Can be away. */
public final class InMemoryWebhooks implements WebhookStores, WebhookStore, Outbox {
    private final Map<EndpointId, Endpoint> endpoints = new LinkedHashMap<>();
    private final Map<EventId, WebhookEvent> outgoing = new LinkedHashMap<>();
    private final Map<Awaited, Instant> awaited = new LinkedHashMap<>();
    private final Set<EventId> unreadable = ConcurrentHashMap.newKeySet();
    private final InMemoryDeliveries deliveries = new InMemoryDeliveries(this::requireHere, unreadable::contains);
    private final InMemoryStores runs;
    private final InMemorySessionStore sessions;
    private volatile boolean away;

    public InMemoryWebhooks(InstantSource clock) {
        this.runs = new InMemoryStores(clock, this::put);
        this.sessions = new InMemorySessionStore(this::put);
    }

    /** From now on every call is refused, until {@link #comeBack}. */
    public void goAway() {
        away = true;
    }

    public void comeBack() {
        away = false;
    }

    /** From now on this event cannot be read, until {@link #mend}. */
    public void scramble(EventId event) {
        unreadable.add(event);
    }

    public void mend(EventId event) {
        unreadable.remove(event);
    }

    private void requireHere() {
        if (away) {
            throw new StoreUnavailable(new IllegalStateException("away by the test's wish"));
        }
    }

    @Override
    public WebhookStore endpoints() {
        return this;
    }

    @Override
    public Outbox outbox() {
        return this;
    }

    @Override
    public DeliveryQueue queue() {
        return deliveries;
    }

    @Override
    public RunStore runs() {
        return runs;
    }

    /** The same, which keep messages and logs as well. */
    public InMemoryStores conversations() {
        return runs;
    }

    @Override
    public SessionStore sessions() {
        return sessions;
    }

    @Override
    public void close() {}

    @Override
    public synchronized List<Endpoint> all() {
        requireHere();
        return endpoints.values().stream()
                .sorted(Comparator.comparing(Endpoint::createdAt)
                        .thenComparing(endpoint -> endpoint.id().value()))
                .toList();
    }

    @Override
    public synchronized boolean add(Endpoint endpoint, int max) {
        requireHere();
        if (endpoints.size() >= max) {
            return false;
        }
        endpoints.put(endpoint.id(), endpoint);
        return true;
    }

    @Override
    public synchronized boolean replace(Endpoint changed) {
        requireHere();
        Endpoint known = endpoints.get(changed.id());
        if (known == null || known.version() + 1 != changed.version()) {
            return false;
        }
        endpoints.put(changed.id(), changed);
        return true;
    }

    @Override
    public synchronized boolean remove(EndpointId endpoint, long version) {
        requireHere();
        Endpoint known = endpoints.get(endpoint);
        return known != null && known.version() == version && endpoints.remove(endpoint, known);
    }

    @Override
    public synchronized void put(WebhookEvent event) {
        requireHere();
        outgoing.putIfAbsent(event.id(), event);
    }

    @Override
    public synchronized List<WebhookEvent> waiting(int max) {
        requireHere();
        return outgoing.values().stream()
                .filter(event -> !unreadable.contains(event.id()))
                .limit(max)
                .toList();
    }

    @Override
    public synchronized void distribute(WebhookEvent event, Set<EndpointId> to, Instant now, int maxWaiting) {
        requireHere();
        to.forEach(endpoint -> deliveries.add(event, endpoint, now, maxWaiting));
        outgoing.remove(event.id());
    }

    @Override
    public synchronized void await(Awaited what, Instant now) {
        requireHere();
        awaited.putIfAbsent(what, now);
    }

    @Override
    public synchronized List<Awaited> awaited(Instant since, int max) {
        requireHere();
        List<Map.Entry<Awaited, Instant>> old = new ArrayList<>(awaited.entrySet());
        old.removeIf(note -> !note.getValue().isBefore(since));
        old.sort(Map.Entry.comparingByValue());
        return old.stream().limit(max).map(Map.Entry::getKey).toList();
    }

    @Override
    public synchronized void settle(Awaited what) {
        requireHere();
        awaited.remove(what);
    }
}
