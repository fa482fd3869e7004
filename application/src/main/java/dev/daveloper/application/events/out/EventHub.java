package dev.daveloper.application.events.out;

import dev.daveloper.domain.events.GatewayEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Passes what happened on to several listeners, in the order in which they joined; one that joins late hears what
 * happens from then on. Transports join when they are there, which is after the core that they are built on.
 */
public final class EventHub implements EventListener {
    private final List<EventListener> listeners;

    public EventHub(EventListener... first) {
        this.listeners = new CopyOnWriteArrayList<>(first);
    }

    public void join(EventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void on(GatewayEvent event) {
        listeners.forEach(listener -> listener.on(event));
    }
}
