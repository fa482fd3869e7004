package dev.daveloper.http.chat;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.HttpLimits;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.HttpTimes;
import dev.daveloper.http.SocketFeed;
import dev.daveloper.http.SocketListener;
import dev.daveloper.http.SseStreams;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Requests;
import dev.daveloper.http.security.Callers;
import io.javalin.config.RoutesConfig;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;

/** Chat on all its transports. */
public final class ChatFeature implements AutoCloseable {
    /** Where WebSockets are opened, below each prefix. */
    public static final String SOCKET_PATH = "/ws/chat";

    private final HttpConfig config;
    private final Sockets sockets;
    private final ChatRoutes chatRoutes;
    private final RunRoutes runRoutes;
    private final HistoryRoutes historyRoutes;
    private final ToolRoutes toolRoutes;
    private final SocketServlet socketServlet;

    /**
     * Makes it all ready, for addresses that are still to be registered.
     *
     * @param feed what its WebSockets tell without being asked
     * @param listener hears of its WebSockets
     */
    public ChatFeature(HttpParts parts, SocketFeed feed, SocketListener listener) {
        HttpLimits limits = parts.config().limits();
        HttpTimes times = parts.config().times();
        HttpPorts ports = parts.ports();
        Chat chat = ports.chat();
        Callers callers = parts.callers();
        Bodies bodies = parts.bodies();
        Requests requests = parts.requests();
        SseStreams streams = parts.streams();
        EventJson events = new EventJson(parts.json());
        RunFailures failures = new RunFailures(bodies, parts.problems());
        this.config = parts.config();
        this.sockets = new Sockets(limits.maxSockets(), limits.maxSocketsPerSession(), times.closeGrace(), listener);
        this.chatRoutes =
                new ChatRoutes(chat, parts.gate(), requests, bodies, events, streams, failures, times.answerWait());
        this.runRoutes = new RunRoutes(chat, callers, requests, bodies, events, streams);
        this.historyRoutes = new HistoryRoutes(chat, callers, requests, bodies);
        this.toolRoutes = new ToolRoutes(parts);
        SocketServices services = new SocketServices(
                chat,
                ports.sessions(),
                ports.limits(),
                parts.json(),
                parts.binder(),
                parts.problems(),
                events,
                feed,
                sockets,
                listener,
                ports.tracer(),
                limits,
                times);
        this.socketServlet = new SocketServlet(services, parts.gate(), requests, parts.crossSite(), parts.failures());
    }

    /** What can be made ahead. */
    public List<CacheControl.Warmable> warmables() {
        return List.of(toolRoutes.warmable());
    }

    public void register(RoutesConfig routes, String prefix) {
        chatRoutes.register(routes, prefix);
        runRoutes.register(routes, prefix);
        historyRoutes.register(routes, prefix);
        toolRoutes.register(routes, prefix);
    }

    /** Puts the WebSocket beside Javalin's routes. */
    public void addSockets(ServletContextHandler context, List<String> prefixes) {
        JettyWebSocketServletContainerInitializer.configure(
                context, (servlets, container) -> SocketServlet.limit(container, config.limits(), config.times()));
        ServletHolder holder = new ServletHolder(socketServlet);
        prefixes.forEach(prefix -> context.addServlet(holder, prefix + SOCKET_PATH));
    }

    /** Closes the WebSockets of a session that has ended. */
    public void sessionEnded(SessionId session) {
        sockets.closeSession(session, CloseCode.SESSION_ENDED);
    }

    /** Closes the WebSockets of a session whose token is no longer the one that they showed. */
    public void sessionRenewed(SessionId session) {
        sockets.closeSession(session, CloseCode.SESSION_RENEWED);
    }

    /** Tells everybody on a WebSocket to reconnect elsewhere. */
    @Override
    public void close() {
        sockets.close();
    }
}
