package dev.daveloper.http.sockets;

import dev.daveloper.http.HttpLimits;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.HttpTimes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;

/**
 * Where WebSockets begin. Beside Javalin's servlet, because Javalin's own WebSockets do not tell of pongs, do not wait
 * for a write to end, and are refused without a problem object.
 */
public final class SocketServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Handshake handshake;

    private SocketServlet(Handshake handshake) {
        this.handshake = handshake;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        handshake.answer(request, response);
    }

    /** Bounds every WebSocket of this context. Before any of the others here. */
    public static void prepare(ServletContextHandler context, HttpLimits limits, HttpTimes times) {
        Duration silence = times.socketHeartbeat().plus(times.pongWithin()).plus(times.sendStuck());
        JettyWebSocketServletContainerInitializer.configure(context, (servlets, container) -> {
            container.setMaxTextMessageSize(limits.maxMessageBytes());
            container.setMaxBinaryMessageSize(limits.maxMessageBytes());
            container.setMaxFrameSize(limits.maxMessageBytes());
            container.setMaxOutgoingFrames(limits.maxOutgoingFrames());
            container.setIdleTimeout(silence.plus(times.helloWithin()));
        });
    }

    /** Gives the protocol its path, below each of these prefixes, for itself alone. */
    public static void add(
            ServletContextHandler context, List<String> prefixes, SocketProtocol protocol, HttpParts parts) {
        ServletHolder holder = new ServletHolder(new SocketServlet(new Handshake(protocol, parts)));
        prefixes.forEach(prefix -> context.addServlet(holder, prefix + protocol.path()));
    }

    /** Gives the protocol what asks for a WebSocket at its path, and leaves all other requests there as they are. */
    public static void addBesideOthers(
            ServletContextHandler context, List<String> prefixes, SocketProtocol protocol, HttpParts parts) {
        Handshake handshake = new Handshake(protocol, parts);
        Filter filter = (request, response, others) -> {
            if (request instanceof HttpServletRequest asked && Handshake.isAskedFor(asked)) {
                handshake.answer(asked, (HttpServletResponse) response);
            } else {
                others.doFilter(request, response);
            }
        };
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        prefixes.forEach(
                prefix -> context.addFilter(holder, prefix + protocol.path(), EnumSet.of(DispatcherType.REQUEST)));
    }
}
