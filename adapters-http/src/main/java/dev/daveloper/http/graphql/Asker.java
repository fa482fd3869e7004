package dev.daveloper.http.graphql;

import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.application.sessions.in.Sessions.Opened;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.SessionRequired;
import dev.daveloper.domain.ratelimits.Activity;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.http.GraphListener.Transport;
import dev.daveloper.http.failures.Occasion;
import java.util.List;
import java.util.Optional;

/** On whose behalf an operation is done, whichever way it came. For the threads of that operation. */
interface Asker {
    /** The session that the caller has proved, looked up once; empty when there is none. */
    Optional<Session> session();

    boolean isAdmin();

    /** Opens the session that is asked for, which is the asker's from then on. */
    Opened open();

    /**
     * Opens a session for what cannot be without one, when none was asked for.
     *
     * @throws SessionRequired where the asker would not learn its token, or has named another session by one that
     *     proves nothing: an app is not given another one silently
     */
    Opened openBeside();

    /** Gives the session a new token. */
    Opened renew();

    /** The browser has no use for its cookie any more. */
    void forget();

    /**
     * Counts what is counted for itself over REST as well, such as a message to the agent.
     *
     * @throws dev.daveloper.domain.failures.QuotaExceeded when it is one too many
     */
    Admission admit(Activity activity, Call.Amount amount);

    /** How whoever asks stands with the limits that the operation was counted by. */
    List<Standing> standings();

    /** Which way the operation came. */
    Transport transport();

    /** How a failure is told and written. */
    Occasion occasion();

    default Session requireSession() {
        return session().orElseThrow(SessionRequired::new);
    }

    /** Everybody's for an administrator, otherwise the session's. */
    default Scope scope() {
        return isAdmin() ? Scope.SHARED : Scope.of(requireSession().id());
    }
}
