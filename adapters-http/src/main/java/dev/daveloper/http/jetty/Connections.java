package dev.daveloper.http.jetty;

import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/** The connections that requests come on. */
public final class Connections {
    private Connections() {}

    /** The connection of this request, to be cut where its other side takes no notice. */
    public static EndPoint of(HttpServletRequest request) {
        return ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
    }
}
