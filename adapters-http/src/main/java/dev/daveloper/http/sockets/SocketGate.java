package dev.daveloper.http.sockets;

import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.Call.Amount;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.application.ratelimits.in.RateLimits.Asked;
import dev.daveloper.domain.ratelimits.Activity;
import dev.daveloper.domain.ratelimits.Target;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;
import java.util.Optional;
import java.util.Set;

/** Where the messages of one WebSocket are counted, by the same policies as requests. */
public final class SocketGate {
    private static final Target ALL = Target.of(Activity.ALL);
    private static final Target MESSAGE = Target.of(Activity.MESSAGES);
    private static final Set<Target> MESSAGES = Set.of(ALL, MESSAGE);
    private static final Set<Target> QUESTIONS = Set.of(ALL, MESSAGE, Target.of(Activity.CHAT));

    private final RateLimits limits;
    private final ClientAddress from;

    public SocketGate(RateLimits limits, ClientAddress from) {
        this.limits = limits;
        this.from = from;
    }

    /**
     * Counts a message, before the socket says whose it is.
     *
     * @throws dev.daveloper.domain.failures.QuotaExceeded when it is one too many
     */
    public void enter() {
        limits.ask(call(MESSAGES, Optional.empty(), Amount.ONE)).await().close();
    }

    /** Counts a message of this session, which is proved by what is done meanwhile. */
    public void enter(SessionId session, Runnable proving) {
        asked(call(MESSAGES, Optional.of(session), Amount.ONE), proving).close();
    }

    /** Counts a message to the agent; what was given is the caller's to close or to hand over. */
    public Admission ask(SessionId session, Amount amount, Runnable proving) {
        return asked(call(QUESTIONS, Optional.of(session), amount), proving);
    }

    /**
     * Counts a message that weighs this much; what was given is the caller's to close.
     *
     * @throws dev.daveloper.domain.failures.QuotaExceeded when it is one too many
     */
    public Admission enter(Optional<SessionId> session, Amount amount) {
        return limits.ask(call(MESSAGES, session, amount)).await();
    }

    /** Counts what is counted for itself over REST as well; what was given is the caller's to close. */
    public Admission ask(Activity activity, Optional<SessionId> session, Amount amount) {
        return limits.ask(call(Set.of(Target.of(activity)), session, amount)).await();
    }

    private Admission asked(Call call, Runnable proving) {
        Asked asked = limits.ask(call);
        try {
            proving.run();
        } catch (RuntimeException e) {
            asked.giveUp();
            throw e;
        }
        return asked.await();
    }

    private Call call(Set<Target> what, Optional<SessionId> session, Amount amount) {
        return new Call(what, session, Optional.of(from), amount);
    }
}
