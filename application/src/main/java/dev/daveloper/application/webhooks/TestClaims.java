package dev.daveloper.application.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds tests in a queue whose other deliveries are not to be sent now, because the endpoint is disabled or left alone:
 * what else is claimed on the way is given back, due as it was.
 */
final class TestClaims {
    private static final int BATCH = 256;

    /** Behind more than so many batches of others a test waits for its turn. */
    private static final int BATCHES = 8;

    private final DeliveryQueue queue;
    private final Duration leaseFor;

    TestClaims(DeliveryQueue queue, Duration leaseFor) {
        this.queue = queue;
        this.leaseFor = leaseFor;
    }

    List<Claim> claim(EndpointId endpoint, Instant now) {
        List<Claim> tests = new ArrayList<>();
        List<Claim> others = new ArrayList<>();
        int claimed = BATCH;
        for (int i = 0; i < BATCHES && claimed == BATCH && tests.isEmpty(); i++) {
            List<Claim> batch = queue.claim(endpoint, BATCH, OptionalInt.empty(), now, leaseFor);
            claimed = batch.size();
            for (Claim claim : batch) {
                (claim.event().type() == EventType.TEST ? tests : others).add(claim);
            }
        }
        others.forEach(claim -> queue.release(claim, now));
        return tests;
    }
}
