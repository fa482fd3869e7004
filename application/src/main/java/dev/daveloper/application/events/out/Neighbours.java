package dev.daveloper.application.events.out;

import dev.daveloper.domain.events.Signal;
import java.util.function.Consumer;

/** The other nodes that share this node's stores. Safe for use by many threads. */
public interface Neighbours {
    /** For a node that is alone. */
    Neighbours NONE = new Neighbours() {
        @Override
        public void tell(Signal signal) {}

        @Override
        public void listen(Consumer<Signal> listener) {}
    };

    /** Tells all others and not the teller. Returns at once, never throws, and may be lost. */
    void tell(Signal signal);

    /**
     * Hears what others tell, from now on and in the order in which each of them told it. The listener is called on
     * one thread, returns soon and does not throw. There may be several.
     */
    void listen(Consumer<Signal> listener);
}
