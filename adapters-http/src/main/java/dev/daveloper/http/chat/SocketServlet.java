package dev.daveloper.http.chat;

import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.domain.ratelimits.Activity;
import dev.daveloper.domain.ratelimits.Target;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.http.HttpLimits;
import dev.daveloper.http.HttpTimes;
import dev.daveloper.http.failures.Failures;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.RequestIds;
import dev.daveloper.http.failures.TransportFailure;
import dev.daveloper.http.jetty.HeardRequests;
import dev.daveloper.http.ratelimits.Gate;
import dev.daveloper.http.ratelimits.LimitHeaders;
import dev.daveloper.http.requests.Requests;
import dev.daveloper.http.security.Callers;
import dev.daveloper.http.security.ClientAddresses;
import dev.daveloper.http.security.CrossSite;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.websocket.api.Configurable;

/**
 * Turns requests into WebSockets. A servlet beside Javalin's, because Javalin's own does not tell of pongs, does not
 * wait for a write to end, and refuses without a problem object.
 */
final class SocketServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String SUBPROTOCOL = "daveloper.v1";
    private static final String VERSION = "13";
    private static final Set<Target> OPENING =
            Set.of(Target.of(Activity.ALL), Target.of(Activity.SOCKETS), Target.of("GET", ChatFeature.SOCKET_PATH));

    private final transient SocketServices services;
    private final transient Gate gate;
    private final transient Requests requests;
    private final transient CrossSite crossSite;
    private final transient Failures failures;

    SocketServlet(SocketServices services, Gate gate, Requests requests, CrossSite crossSite, Failures failures) {
        this.services = services;
        this.gate = gate;
        this.requests = requests;
        this.crossSite = crossSite;
        this.failures = failures;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HeardRequests.mark(request, ChatFeature.SOCKET_PATH);
        try {
            requireUpgrade(request);
            // Above all a token, which would be logged along the way.
            requests.refuseQuery(request);
            Optional<SessionToken> token = tokenOf(request);
            enter(request, response, token);
        } catch (RuntimeException e) {
            failures.answer(e, request, response);
        }
    }

    private void enter(HttpServletRequest request, HttpServletResponse response, Optional<SessionToken> token)
            throws IOException {
        Admission admission = gate.admitted(request, OPENING, Call.Amount.ONE);
        boolean upgraded = false;
        try {
            LimitHeaders.tell(admission.standings(), response::setHeader);
            upgrade(
                    request,
                    response,
                    new ChatSocket.Opening(
                            token,
                            ClientAddress.of(ClientAddresses.of(request)),
                            RequestIds.of(request).span(),
                            admission));
            upgraded = true;
        } finally {
            if (!upgraded) {
                admission.close();
            }
        }
    }

    private void upgrade(HttpServletRequest request, HttpServletResponse response, ChatSocket.Opening opening)
            throws IOException {
        JettyWebSocketServerContainer container = JettyWebSocketServerContainer.getContainer(getServletContext());
        boolean upgraded = container.upgrade((asked, given) -> accept(given, opening), request, response);
        if (!upgraded) {
            throw new Refusal(TransportFailure.BAD_REQUEST, "The WebSocket handshake is not valid.");
        }
    }

    private ChatSocket accept(JettyServerUpgradeResponse given, ChatSocket.Opening opening) {
        given.setAcceptedSubProtocol(SUBPROTOCOL);
        return new ChatSocket(services, opening);
    }

    /** Bounds every WebSocket of this container. */
    static void limit(Configurable container, HttpLimits limits, HttpTimes times) {
        container.setMaxTextMessageSize(limits.maxMessageBytes());
        container.setMaxBinaryMessageSize(limits.maxMessageBytes());
        container.setMaxFrameSize(limits.maxMessageBytes());
        container.setMaxOutgoingFrames(limits.maxOutgoingFrames());
        Duration silence = times.socketHeartbeat().plus(times.pongWithin()).plus(times.sendStuck());
        container.setIdleTimeout(silence.plus(times.helloWithin()));
    }

    private static void requireUpgrade(HttpServletRequest request) {
        if (!"GET".equals(request.getMethod())) {
            throw new Refusal(
                    TransportFailure.METHOD_NOT_ALLOWED.type(), "A WebSocket begins with GET.", Map.of("Allow", "GET"));
        }
        boolean asks = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                && VERSION.equals(request.getHeader("Sec-WebSocket-Version"));
        if (!asks) {
            throw new Refusal(
                    TransportFailure.UPGRADE_REQUIRED.type(),
                    "This address speaks WebSocket, version 13.",
                    Map.of("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Version", VERSION));
        }
        String offered = request.getHeader("Sec-WebSocket-Protocol");
        boolean ours = offered != null
                && Arrays.stream(offered.split(",", -1))
                        .anyMatch(name -> name.strip().equals(SUBPROTOCOL));
        if (!ours) {
            throw new Refusal(TransportFailure.BAD_REQUEST, "Offer the subprotocol " + SUBPROTOCOL + ".");
        }
    }

    /** A cookie counts only when the page that sent it along is known: any page's request carries it. */
    private Optional<SessionToken> tokenOf(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null && !crossSite.isTrusted(request, origin)) {
            throw new Refusal(TransportFailure.CROSS_SITE_REFUSED, "Connections from this origin are not allowed.");
        }
        boolean proved = origin != null || Callers.hasBearer(request);
        return proved ? Callers.tokenOf(request) : Optional.empty();
    }
}
