package dev.daveloper.http.graphql;

import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.application.ratelimits.in.Unlimited;
import dev.daveloper.application.sessions.in.Sessions.Opened;
import dev.daveloper.domain.failures.SessionRequired;
import dev.daveloper.domain.ratelimits.Activity;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.http.GraphListener.Transport;
import dev.daveloper.http.failures.Occasion;
import java.util.List;
import java.util.Optional;

/** Asks for what everybody is given: whatever the schema says, what is made for nobody is nobody's own. */
record Nobody(Occasion occasion, Transport transport) implements Asker {
    @Override
    public Optional<Session> session() {
        return Optional.empty();
    }

    @Override
    public boolean isAdmin() {
        return false;
    }

    @Override
    public Opened open() {
        throw new SessionRequired();
    }

    @Override
    public Opened openBeside() {
        throw new SessionRequired();
    }

    @Override
    public Opened renew() {
        throw new SessionRequired();
    }

    @Override
    public void forget() {}

    @Override
    public Admission admit(Activity activity, Call.Amount amount) {
        return Unlimited.FREE;
    }

    @Override
    public List<Standing> standings() {
        return List.of();
    }
}
