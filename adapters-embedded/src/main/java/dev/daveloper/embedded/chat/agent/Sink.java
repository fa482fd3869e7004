package dev.daveloper.embedded.chat.agent;

import dev.daveloper.domain.chat.AgentEvent;
import java.time.Duration;

/** Where the maker of an answer puts its events. For the maker's own thread, which is interrupted on cancel. */
interface Sink {
    /** Hands the event on, waiting while nobody takes it up. */
    void emit(AgentEvent event) throws InterruptedException;

    /** Lets time pass. */
    void pause(Duration time) throws InterruptedException;
}
