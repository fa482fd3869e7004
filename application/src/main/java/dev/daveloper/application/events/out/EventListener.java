package dev.daveloper.application.events.out;

import dev.daveloper.domain.events.GatewayEvent;

/** Hears what happened, on the thread on which it happened: returns at once and never throws. */
@FunctionalInterface
public interface EventListener {
    void on(GatewayEvent event);
}
