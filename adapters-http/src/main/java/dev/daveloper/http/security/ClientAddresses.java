package dev.daveloper.http.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** From where requests come. */
public final class ClientAddresses {
    private static final InetAddress NOBODYS = nobodys();

    private ClientAddresses() {}

    /**
     * Who sent this request: the other end of its connection or, where that is a trusted proxy, whom the proxy names.
     * Never looked up, never what an untrusted peer says. For a connection that is no network connection it is
     * {@code 0.0.0.0}.
     */
    public static InetAddress of(HttpServletRequest request) {
        var remote = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getRemoteSocketAddress();
        boolean known = remote instanceof InetSocketAddress address && address.getAddress() != null;
        return known ? ((InetSocketAddress) remote).getAddress() : NOBODYS;
    }

    private static InetAddress nobodys() {
        try {
            return Inet4Address.getByAddress(new byte[Integer.BYTES]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
