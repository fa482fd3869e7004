package dev.daveloper.http.graphql;

import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.sessions.in.Sessions.Opened;
import dev.daveloper.domain.failures.SessionRequired;
import dev.daveloper.domain.ratelimits.Activity;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.http.GraphListener.Transport;
import dev.daveloper.http.failures.Occasion;
import dev.daveloper.http.sockets.SocketGate;
import java.util.List;
import java.util.Optional;

/**
 * Who asks by a message on a WebSocket: a session, or nobody known. Nobody is an administrator there: what they do is
 * written down request by request. For the threads of one operation.
 */
final class SocketAsker implements Asker {
    private final Sessions sessions;
    private final SocketGate gate;
    private final ClientAddress from;
    private final Occasion occasion;
    private final Admission admission;
    private volatile Proof proof;

    /** Who it is, and by what. */
    record Proof(Optional<SessionToken> token, Optional<Session> session) {}

    /** @param admission of the operation */
    SocketAsker(
            Sessions sessions,
            SocketGate gate,
            ClientAddress from,
            Occasion occasion,
            Admission admission,
            Proof proof) {
        this.sessions = sessions;
        this.gate = gate;
        this.from = from;
        this.occasion = occasion;
        this.admission = admission;
        this.proof = proof;
    }

    @Override
    public Optional<Session> session() {
        return proof.session();
    }

    @Override
    public boolean isAdmin() {
        return false;
    }

    /** The connection stays whose it was. */
    @Override
    public Opened open() {
        return prove(sessions.open(from));
    }

    @Override
    public Opened openBeside() {
        throw new SessionRequired();
    }

    @Override
    public Opened renew() {
        return prove(sessions.renew(proof.token().orElseThrow(SessionRequired::new)));
    }

    private Opened prove(Opened opened) {
        proof = new Proof(Optional.of(opened.token()), Optional.of(opened.session()));
        return opened;
    }

    @Override
    public void forget() {
        // There is no cookie.
    }

    @Override
    public Admission admit(Activity activity, Call.Amount amount) {
        Optional<SessionId> own = session().map(Session::id);
        return gate.ask(activity, own, amount);
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
        return Transport.WEBSOCKET;
    }
}
