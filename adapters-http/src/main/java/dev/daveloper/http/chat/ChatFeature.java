package dev.daveloper.http.chat;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.chat.in.Chat;
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
import dev.daveloper.http.sockets.SocketServlet;
import io.javalin.config.RoutesConfig;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** Chat on all its transports. */
public final class ChatFeature {
    private final HttpParts parts;
    private final ChatRoutes chatRoutes;
    private final RunRoutes runRoutes;
    private final HistoryRoutes historyRoutes;
    private final ToolRoutes toolRoutes;
    private final ChatProtocol protocol;

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
        this.parts = parts;
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
                parts.sockets(),
                listener,
                ports.tracer(),
                limits,
                times);
        this.protocol = new ChatProtocol(services);
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
        SocketServlet.add(context, prefixes, protocol, parts);
    }
}
