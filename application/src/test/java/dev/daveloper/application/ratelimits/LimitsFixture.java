package dev.daveloper.application.ratelimits;

import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.Call.Amount;
import dev.daveloper.application.ratelimits.out.Limiters;
import dev.daveloper.application.testkit.InMemoryPolicyStore;
import dev.daveloper.application.testkit.InMemoryRateLimiter;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.events.Signal;
import dev.daveloper.domain.ratelimits.Activity;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Target;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Rate limits of two nodes that share one limiter and hear each other. */
final class LimitsFixture {
    static final Set<Target> CHAT = Set.of(Target.of(Activity.ALL), Target.of(Activity.CHAT));

    final ManualClock clock = new ManualClock();
    final InMemoryRateLimiter shared = new InMemoryRateLimiter(clock);
    final InMemoryRateLimiter alone = new InMemoryRateLimiter(clock);
    final InMemoryPolicyStore changes = new InMemoryPolicyStore();
    final List<GatewayEvent> told = new CopyOnWriteArrayList<>();
    final RateLimitsService one;
    final RateLimitsService other;
    private final Ids ids = new Ids(clock, new Random(1));
    private final List<Consumer<Signal>> listeners = new ArrayList<>();
    private boolean deaf;

    LimitsFixture(String... policies) {
        LimitSettings settings =
                new LimitSettings(Stream.of(policies).map(PolicyText::read).toList(), Duration.ofHours(1));
        this.one = node(settings);
        this.other = node(settings);
    }

    private RateLimitsService node(LimitSettings settings) {
        Neighbours neighbours = new Neighbours() {
            @Override
            public void tell(Signal signal) {
                if (!deaf) {
                    listeners.forEach(listener -> listener.accept(signal));
                }
            }

            @Override
            public void listen(Consumer<Signal> listener) {
                listeners.add(listener);
            }
        };
        return new RateLimitsService(settings, new Limiters(shared, alone, changes), neighbours, clock, told::add);
    }

    /** From now on the word of one node does not reach the other. */
    void signalsAreLost() {
        deaf = true;
    }

    SessionId newSession() {
        return SessionId.next(ids);
    }

    Ids ids() {
        return ids;
    }

    static Call chat(SessionId session) {
        return chat(session, Amount.ONE);
    }

    static Call chat(SessionId session, Amount amount) {
        return new Call(CHAT, Optional.of(session), Optional.of(new ClientAddress("0a000001")), amount);
    }
}
