package dev.daveloper.application.webhooks.in;

import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.util.Optional;

/**
 * What receivers are to be told of something that is about to be written. Called before the step that makes it true,
 * and handed to it, so that the two are one. Told from memory, and never fails.
 */
@FunctionalInterface
public interface Telling {
    /** Tells nobody. */
    Telling NOBODY = event -> Optional.empty();

    /** Empty when no endpoint wants it. */
    Optional<WebhookEvent> of(GatewayEvent event);
}
