package dev.daveloper.application.events;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.events.Signal;

/** Passes every event on to this node's listener, and those that concern other nodes to them. */
public final class TellNeighbours implements EventListener {
    private final EventListener here;
    private final Neighbours neighbours;

    public TellNeighbours(EventListener here, Neighbours neighbours) {
        this.here = here;
        this.neighbours = neighbours;
    }

    @Override
    public void on(GatewayEvent event) {
        here.on(event);
        switch (event) {
            case GatewayEvent.SessionEnded ended -> neighbours.tell(new Signal.SessionEnded(ended.sessionId()));
            case GatewayEvent.SessionRenewed renewed -> neighbours.tell(new Signal.SessionRenewed(renewed.sessionId()));
            default -> {}
        }
    }
}
