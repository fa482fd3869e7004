package dev.daveloper.domain.events;

import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.sessions.SessionId;

/**
 * What one node tells all others, so that they act at once. A signal that is lost is made good by what the store holds:
 * it saves time and carries no truth of its own.
 */
public sealed interface Signal {
    /** Whoever makes this run is to end it as cancelled. */
    record RunCancelled(RunRef run) implements Signal {}

    /** Whatever this session has open is to be closed. */
    record SessionEnded(SessionId session) implements Signal {}

    /** Whatever was opened by the session's token before is to be closed. */
    record SessionRenewed(SessionId session) implements Signal {}

    /** The policies of rate limits were changed and are to be read again. */
    record PoliciesChanged() implements Signal {}

    /** Endpoints of webhooks were changed and are to be read again. */
    record WebhooksChanged() implements Signal {}
}
