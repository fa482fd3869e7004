package dev.daveloper.http.chat;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.Bodies;
import dev.daveloper.http.Callers;
import dev.daveloper.http.CrossSite;
import dev.daveloper.http.Failures;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.HttpLimits;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.HttpTimes;
import dev.daveloper.http.JsonCodec;
import dev.daveloper.http.RequestBinder;
import io.javalin.config.RoutesConfig;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;

/** Chat on all its transports. */
public final class ChatFeature implements AutoCloseable {
    private final HttpConfig config;
    private final SseStreams streams;
    private final Sockets sockets;
    private final ChatRoutes chatRoutes;
    private final RunRoutes runRoutes;
    private final HistoryRoutes historyRoutes;
    private final ToolRoutes toolRoutes;
    private final SocketServlet socketServlet;

    public ChatFeature(
            HttpConfig config,
            HttpPorts ports,
            JsonCodec json,
            RequestBinder binder,
            Bodies bodies,
            Callers callers,
            CrossSite crossSite,
            Failures failures) {
        HttpLimits limits = config.limits();
        HttpTimes times = config.times();
        Chat chat = ports.chat();
        EventJson events = new EventJson(json);
        this.config = config;
        this.streams = new SseStreams(events, limits.maxStreams(), times.sseHeartbeat(), times.sendStuck());
        this.sockets = new Sockets(limits.maxSockets(), limits.maxSocketsPerSession(), times.closeGrace());
        this.chatRoutes = new ChatRoutes(chat, callers, bodies, streams, new RunFailures(bodies), times.answerWait());
        this.runRoutes = new RunRoutes(chat, callers, bodies, streams);
        this.historyRoutes = new HistoryRoutes(chat, callers, bodies);
        this.toolRoutes = new ToolRoutes(ports.tools(), bodies);
        SocketServices services =
                new SocketServices(chat, ports.sessions(), json, binder, events, sockets, limits, times);
        this.socketServlet = new SocketServlet(services, crossSite, failures);
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
        prefixes.forEach(prefix -> context.addServlet(holder, prefix + "/ws/chat"));
    }

    /** Closes the WebSockets of a session that has ended. */
    public void closeSocketsOf(SessionId session) {
        sockets.closeSession(session);
    }

    /** Tells every viewer to reconnect elsewhere. */
    @Override
    public void close() {
        sockets.close();
        streams.close();
    }
}
