package dev.daveloper.bootstrap;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.webhooks.in.Webhooks.Overview;
import dev.daveloper.domain.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether receivers are told what they should be. That one of them does not listen is a warning at most: the gateway is
 * well, and the others are told. Asks memory alone.
 */
final class WebhookProbe implements HealthProbe {
    /** A delivery that waits for so long, and not for its next try, is not being delivered as fast as they come. */
    static final Duration OLD = Duration.ofMinutes(5);

    private final InstantSource clock;
    /** Probes are there before what they ask. */
    private volatile Supplier<Overview> overview = () -> Overview.EMPTY;

    WebhookProbe(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on this is asked, which tells what is in memory. */
    void ask(Supplier<Overview> known) {
        overview = known;
    }

    @Override
    public String component() {
        return "webhooks";
    }

    @Override
    public boolean vital() {
        return false;
    }

    @Override
    public Finding check() {
        Overview now = overview.get();
        List<String> amiss = new ArrayList<>();
        if (now.disabled() > 0) {
            amiss.add(now.disabled() + " of " + now.endpoints() + " endpoints were disabled because they are gone or"
                    + " were not reached for days.");
        }
        now.oldestWaiting()
                .filter(this::isOld)
                .ifPresent(oldest -> amiss.add("The oldest of " + now.waiting() + " deliveries is due since "
                        + Duration.between(oldest, clock.instant()).toMinutes() + " minutes."));
        return amiss.isEmpty() ? Finding.PASS : new Finding(Status.WARN, String.join(" ", amiss));
    }

    private boolean isOld(Instant oldest) {
        return Duration.between(oldest, clock.instant()).compareTo(OLD) >= 0;
    }
}
