package dev.daveloper.application.webhooks.out;

import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.EndpointUrl;
import java.util.Map;

/**
 * Makes one attempt. It goes to public addresses and to those that the installation allows, whatever a name says at the
 * moment, follows nobody, and reads a bounded part of the answer within a bounded time. Safe for use by many threads.
 */
@FunctionalInterface
public interface WebhookSender {
    /**
     * Sends it and waits for the answer.
     *
     * @return what came of it; every failure is one of {@link dev.daveloper.domain.webhooks.Trouble}
     * @throws InterruptedException when the caller was; the attempt is broken off, and may have arrived
     */
    Attempt send(Outbound message) throws InterruptedException;

    /**
     * @param headers all but those of HTTP itself, by name
     * @param body its UTF-8 is what was signed and is sent
     * @param number of the attempt, from 1
     */
    record Outbound(EndpointUrl url, Map<String, String> headers, String body, int number) {
        public Outbound {
            headers = Map.copyOf(headers);
        }
    }
}
