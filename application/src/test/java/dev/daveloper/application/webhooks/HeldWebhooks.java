package dev.daveloper.application.webhooks;

import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Endpoints, the outbox and the queue in one; what survives when a core is closed and another is opened. */
final class HeldWebhooks extends HeldDeliveries implements WebhookStore, Outbox {
    private final Map<EndpointId, Endpoint> endpoints = new LinkedHashMap<>();
    private final Map<EventId, WebhookEvent> outbox = new LinkedHashMap<>();
    private final Map<Awaited, Instant> notes = new LinkedHashMap<>();
    private final List<WebhookEvent> everPut = new ArrayList<>();

    synchronized List<WebhookEvent> everPut() {
        return List.copyOf(everPut);
    }

    synchronized Set<Awaited> notes() {
        return Set.copyOf(notes.keySet());
    }

    /** The store as it was, with every finished run's event put here. */
    RunStore telling(RunStore store) {
        return telling(RunStore.class, store, "finish", RunStore.Finished.DONE);
    }

    /** The same for sessions. */
    SessionStore telling(SessionStore store) {
        return telling(SessionStore.class, telling(SessionStore.class, store, "create", true), "end", true);
    }

    private <T> T telling(Class<T> port, T store, String step, Object happened) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if (method.getName().equals(step)
                                && happened.equals(result)
                                && arguments[arguments.length - 1] instanceof Optional<?> told) {
                            told.ifPresent(event -> put((WebhookEvent) event));
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public synchronized List<Endpoint> all() {
        called();
        return List.copyOf(endpoints.values());
    }

    @Override
    public synchronized boolean add(Endpoint endpoint, int max) {
        called();
        return endpoints.size() < max && endpoints.putIfAbsent(endpoint.id(), endpoint) == null;
    }

    @Override
    public synchronized boolean replace(Endpoint changed) {
        called();
        Endpoint before = endpoints.get(changed.id());
        boolean same = before != null && before.version() == changed.version() - 1;
        if (same) {
            endpoints.put(changed.id(), changed);
        }
        return same;
    }

    @Override
    public synchronized boolean remove(EndpointId endpoint, long version) {
        called();
        Endpoint before = endpoints.get(endpoint);
        return before != null && before.version() == version && endpoints.remove(endpoint, before);
    }

    @Override
    public synchronized void put(WebhookEvent event) {
        called();
        outbox.putIfAbsent(event.id(), event);
        everPut.add(event);
    }

    @Override
    public synchronized List<WebhookEvent> waiting(int max) {
        called();
        return outbox.values().stream().limit(max).toList();
    }

    @Override
    public synchronized void distribute(WebhookEvent event, Set<EndpointId> to, Instant now, int maxWaiting) {
        called();
        to.forEach(endpoint -> add(event, endpoint, now));
        outbox.remove(event.id());
    }

    @Override
    public synchronized void await(Awaited awaited, Instant now) {
        called();
        notes.putIfAbsent(awaited, now);
    }

    @Override
    public synchronized List<Awaited> awaited(Instant since, int max) {
        called();
        return notes.entrySet().stream()
                .filter(note -> note.getValue().isBefore(since))
                .map(Map.Entry::getKey)
                .limit(max)
                .toList();
    }

    @Override
    public synchronized void settle(Awaited awaited) {
        called();
        notes.remove(awaited);
    }
}
