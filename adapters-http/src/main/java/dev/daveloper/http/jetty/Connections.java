package dev.daveloper.http.jetty;

import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections that requests come on. */
public final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private Connections() {}

    /**
     * Cuts off the other side of this request, where it takes no notice: its connection or, where that carries other
     * requests too, its stream of it. From any thread.
     */
    public static void cut(HttpServletRequest request, Throwable why) {
        cut(ServletContextRequest.getServletContextRequest(request), why);
    }

    static void cut(Request request, Throwable why) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        if (connection.getHttpVersion() == HttpVersion.HTTP_2) {
            try {
                request.fail(why);
            } catch (RuntimeException e) {
                LOG.debug("a request was over before it could be cut", e);
            }
        } else {
            connection.getConnection().getEndPoint().close(why);
        }
    }
}
