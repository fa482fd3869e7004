package dev.daveloper.http.graphql;

import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.application.sessions.in.Sessions.Opened;
import dev.daveloper.domain.failures.SessionRequired;
import dev.daveloper.domain.ratelimits.Activity;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Target;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.http.GraphListener.Transport;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.failures.Occasion;
import dev.daveloper.http.ratelimits.Gate;
import dev.daveloper.http.security.Callers;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who asks by a request: a session by its token or cookie, or an administrator. For one request. */
final class HttpAsker implements Asker {
    private final Context ctx;
    private final Callers callers;
    private final Gate gate;
    private final Admission admission;
    private final Occasion occasion;
    private final Transport transport;
    private final boolean admin;

    HttpAsker(Context ctx, HttpParts parts, Admission admission, Transport transport) {
        this.transport = transport;
        this.ctx = ctx;
        this.callers = parts.callers();
        this.gate = parts.gate();
        this.admission = admission;
        this.occasion = Occasion.of(ctx);
        this.admin = callers.isAdmin(ctx.req());
    }

    @Override
    public Optional<Session> session() {
        return callers.find(ctx.req());
    }

    @Override
    public boolean isAdmin() {
        return admin;
    }

    @Override
    public Opened open() {
        return callers.open(ctx);
    }

    /** Its cookie goes with the answer. */
    @Override
    public Opened openBeside() {
        if (Callers.hasBearer(ctx.req())) {
            throw new SessionRequired();
        }
        return open();
    }

    @Override
    public Opened renew() {
        return callers.renew(ctx);
    }

    @Override
    public void forget() {
        callers.forget(ctx);
    }

    @Override
    public Admission admit(Activity activity, Call.Amount amount) {
        return gate.admit(ctx, Set.of(Target.of(activity)), amount);
    }

    @Override
    public List<Standing> standings() {
        return admission.standings();
    }

    @Override
    public Occasion occasion() {
        return occasion;
    }

    @Override
    public Transport transport() {
        return transport;
    }
}
