package dev.daveloper.http.ratelimits;

import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.Call.Amount;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.application.ratelimits.in.RateLimits.Asked;
import dev.daveloper.application.ratelimits.in.Unlimited;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.ratelimits.Activity;
import dev.daveloper.domain.ratelimits.Target;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.ServerTiming;
import dev.daveloper.http.requests.ServerTiming.Phase;
import dev.daveloper.http.security.Callers;
import dev.daveloper.http.security.ClientAddresses;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where every request is counted, once: before its route sees it, or by the route itself where only that knows how much
 * the request takes. Who sent it is looked up in the same round trip, and only where that matters. What ignores its
 * input, which is health and pages, is not counted. Safe for use by many threads.
 */
public final class Gate {
    private static final String ADMISSIONS = "daveloper.admissions";
    private static final Set<Target> OPENING = Set.of(Target.of(Activity.SESSIONS));

    private final RateLimits limits;
    private final Callers callers;
    private final EndpointTargets targets;

    /** @param prefixes below which the API is served */
    public Gate(RateLimits limits, Callers callers, List<String> prefixes) {
        this.limits = limits;
        this.callers = callers;
        this.targets = new EndpointTargets(prefixes);
    }

    /** Has to come before whatever reads what requests say. */
    public void register(RoutesConfig routes) {
        routes.beforeMatched(ctx -> {
            Set<?> declared = ctx.routeRoles();
            if (!declared.contains(Counted.BY_ITSELF) && !declared.contains(Input.IGNORED)) {
                enter(ctx, Amount.ONE);
            }
            ServerTiming.enter(ctx.req(), Phase.ROUTE);
        });
        routes.after(ctx -> leave(ctx.req()));
    }

    /** A session and what it was given for this call. */
    public record Entered(Session session, Admission admission) {}

    /**
     * Counts this call, of somebody who is given a session when there is none.
     *
     * @throws dev.daveloper.domain.failures.QuotaExceeded when it is one too many; nothing was taken then
     * @throws dev.daveloper.domain.failures.SessionRequired as {@link Callers#requireOrOpen} does
     */
    public Entered enterOrOpen(Context ctx, Amount amount) {
        HttpServletRequest request = ctx.req();
        if (callers.recall(request).isPresent()) {
            Admission admission = enter(ctx, amount);
            Optional<Session> session = callers.find(request);
            if (session.isPresent()) {
                return new Entered(session.get(), admission);
            }
            admission.close();
        }
        if (!Callers.hasBearer(request) && callers.find(request).isEmpty()) {
            countOpening(ctx);
        }
        return new Entered(callers.requireOrOpen(ctx), enter(ctx, amount));
    }

    private void countOpening(Context ctx) {
        Call opening = call(OPENING, ctx.req(), Optional.empty(), Amount.ONE);
        Phase before = ServerTiming.enter(ctx.req(), Phase.LIMITS);
        try {
            tell(ctx, keep(ctx.req(), limits.ask(opening).await()));
        } finally {
            ServerTiming.enter(ctx.req(), before);
        }
    }

    /** For whom a call is made, and what it was given. */
    public record Owned(Scope owner, Admission admission) {}

    /** As {@link #enterOrOpen}, where an administrator acts for everybody. */
    public Owned enterAsOwner(Context ctx, Amount amount) {
        if (callers.isAdmin(ctx.req())) {
            return new Owned(Scope.SHARED, enter(ctx, amount));
        }
        Entered entered = enterOrOpen(ctx, amount);
        return new Owned(Scope.of(entered.session().id()), entered.admission());
    }

    /**
     * Counts this call. The answer's headers tell how the caller stands.
     *
     * @throws dev.daveloper.domain.failures.QuotaExceeded when it is one too many; nothing was taken then
     */
    public Admission enter(Context ctx, Amount amount) {
        Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
        if (endpoint == null) {
            return Unlimited.FREE;
        }
        Admission admission = keep(ctx.req(), admitted(ctx.req(), targets.of(endpoint), amount));
        tell(ctx, admission);
        return admission;
    }

    /**
     * Counts what is done on behalf of this call beside the call itself.
     *
     * @throws dev.daveloper.domain.failures.QuotaExceeded when it is one too many; nothing was taken then
     */
    public Admission admit(Context ctx, Set<Target> what, Amount amount) {
        Admission admission = keep(ctx.req(), admitted(ctx.req(), what, amount));
        tell(ctx, admission);
        return admission;
    }

    /** As {@link #enter}, where there is a servlet but no route; what was given is the caller's to close. */
    public Admission admitted(HttpServletRequest request, Set<Target> what, Amount amount) {
        Phase before = ServerTiming.enter(request, Phase.LIMITS);
        try {
            return ask(request, what, amount);
        } finally {
            ServerTiming.enter(request, before);
        }
    }

    private Admission ask(HttpServletRequest request, Set<Target> what, Amount amount) {
        if (!limits.countsSessions(what)) {
            return limits.ask(call(what, request, Optional.empty(), amount)).await();
        }
        Optional<SessionId> known = callers.recall(request);
        if (known.isEmpty()) {
            known = callers.find(request).map(Session::id);
            return limits.ask(call(what, request, known, amount)).await();
        }
        Asked asked = limits.ask(call(what, request, known, amount));
        if (isProved(request, asked)) {
            return asked.await();
        }
        asked.giveUp();
        return limits.ask(call(what, request, Optional.empty(), amount)).await();
    }

    /** Whether the session lives that was asked about. */
    private boolean isProved(HttpServletRequest request, Asked asked) {
        try {
            return callers.find(request).isPresent();
        } catch (RuntimeException e) {
            asked.giveUp();
            throw e;
        }
    }

    /** Who may be told how they stand. */
    private static void tell(Context ctx, Admission admission) {
        LimitHeaders.tell(admission.standings(), ctx.res()::setHeader);
    }

    private static Call call(Set<Target> what, HttpServletRequest request, Optional<SessionId> session, Amount amount) {
        return new Call(what, session, Optional.of(ClientAddress.of(ClientAddresses.of(request))), amount);
    }

    @SuppressWarnings("unchecked")
    private static Admission keep(HttpServletRequest request, Admission admission) {
        if (!admission.standings().isEmpty()) {
            List<Admission> kept = (List<Admission>) request.getAttribute(ADMISSIONS);
            if (kept == null) {
                kept = new ArrayList<>(2);
                request.setAttribute(ADMISSIONS, kept);
            }
            kept.add(admission);
        }
        return admission;
    }

    @SuppressWarnings("unchecked")
    private static void leave(HttpServletRequest request) {
        List<Admission> kept = (List<Admission>) request.getAttribute(ADMISSIONS);
        if (kept != null) {
            kept.forEach(Admission::close);
        }
    }
}
