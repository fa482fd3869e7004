package dev.daveloper.http.sockets;

import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.domain.ratelimits.Activity;
import dev.daveloper.domain.ratelimits.Target;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.RequestIds;
import dev.daveloper.http.failures.TransportFailure;
import dev.daveloper.http.jetty.HeardRequests;
import dev.daveloper.http.ratelimits.LimitHeaders;
import dev.daveloper.http.security.Callers;
import dev.daveloper.http.security.ClientAddresses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;

/** Turns requests into WebSockets on which one protocol is spoken. Safe for use by many threads. */
final class Handshake {
    private static final String VERSION = "13";
    private static final String WEBSOCKET = "websocket";

    private final SocketProtocol protocol;
    private final HttpParts parts;
    private final Set<Target> opening;

    Handshake(SocketProtocol protocol, HttpParts parts) {
        this.protocol = protocol;
        this.parts = parts;
        this.opening = Set.of(Target.of(Activity.ALL), Target.of(Activity.SOCKETS), Target.of("GET", protocol.path()));
    }

    /** Whether this is the beginning of a WebSocket, well-formed or not. */
    static boolean isAskedFor(HttpServletRequest request) {
        return WEBSOCKET.equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    /** Answers with a WebSocket, or with what is wrong. */
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HeardRequests.mark(request, protocol.path());
        try {
            requireUpgrade(request);
            boolean spoken = isSpoken(request);
            if (!spoken && protocol.unspoken().isEmpty()) {
                throw new Refusal(TransportFailure.BAD_REQUEST, "Offer the subprotocol " + protocol.name() + ".");
            }
            // Above all a token, which would be logged along the way.
            parts.requests().refuseQuery(request);
            Optional<SessionToken> token = tokenOf(request);
            enter(request, response, token, spoken);
        } catch (RuntimeException e) {
            parts.failures().answer(e, request, response);
        }
    }

    private void enter(
            HttpServletRequest request, HttpServletResponse response, Optional<SessionToken> token, boolean spoken)
            throws IOException {
        Admission admission = parts.gate().admitted(request, opening, Call.Amount.ONE);
        boolean held = false;
        try {
            LimitHeaders.tell(admission.standings(), response::setHeader);
            upgrade(
                    request,
                    response,
                    spoken,
                    new Opening(
                            token,
                            ClientAddress.of(ClientAddresses.of(request)),
                            RequestIds.of(request).span(),
                            admission));
            held = spoken;
        } finally {
            if (!held) {
                admission.close();
            }
        }
    }

    private void upgrade(HttpServletRequest request, HttpServletResponse response, boolean spoken, Opening opened)
            throws IOException {
        JettyWebSocketServerContainer container =
                JettyWebSocketServerContainer.getContainer(request.getServletContext());
        boolean upgraded = container.upgrade(
                (asked, given) -> {
                    if (!spoken) {
                        return new UnspokenSocket(protocol.unspoken().orElseThrow());
                    }
                    given.setAcceptedSubProtocol(protocol.name());
                    return new OpenSocket(parts.sockets(), protocol, opened);
                },
                request,
                response);
        if (!upgraded) {
            throw new Refusal(TransportFailure.BAD_REQUEST, "The WebSocket handshake is not valid.");
        }
    }

    private static void requireUpgrade(HttpServletRequest request) {
        if (!"GET".equals(request.getMethod())) {
            throw new Refusal(
                    TransportFailure.METHOD_NOT_ALLOWED.type(), "A WebSocket begins with GET.", Map.of("Allow", "GET"));
        }
        if (!isAskedFor(request) || !VERSION.equals(request.getHeader("Sec-WebSocket-Version"))) {
            throw new Refusal(
                    TransportFailure.UPGRADE_REQUIRED.type(),
                    "This address speaks WebSocket, version 13.",
                    Map.of("Upgrade", WEBSOCKET, "Connection", "Upgrade", "Sec-WebSocket-Version", VERSION));
        }
    }

    private boolean isSpoken(HttpServletRequest request) {
        String offered = request.getHeader("Sec-WebSocket-Protocol");
        return offered != null
                && Arrays.stream(offered.split(",", -1))
                        .anyMatch(name -> name.strip().equals(protocol.name()));
    }

    /** A cookie counts only when the page that sent it along is known: any page's request carries it. */
    private Optional<SessionToken> tokenOf(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null && !parts.crossSite().isTrusted(request, origin)) {
            throw new Refusal(TransportFailure.CROSS_SITE_REFUSED, "Connections from this origin are not allowed.");
        }
        boolean proved = origin != null || Callers.hasBearer(request);
        return proved ? Callers.tokenOf(request) : Optional.empty();
    }
}
