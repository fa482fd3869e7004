package dev.daveloper.http.sockets;

import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionToken;
import java.util.Optional;

/**
 * With what a socket was opened.
 *
 * @param token that the request brought
 * @param span of the request: what is said on the socket belongs to its trace
 * @param admission held for as long as the socket lives
 */
public record Opening(Optional<SessionToken> token, ClientAddress from, Span span, Admission admission) {}
