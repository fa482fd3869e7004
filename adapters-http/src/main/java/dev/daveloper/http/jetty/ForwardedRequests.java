package dev.daveloper.http.jetty;

import dev.daveloper.http.security.Forwarding;
import dev.daveloper.http.security.TrustedProxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests look as they did to the first trusted proxy: the client's address, the scheme and the host it used.
 * Headers of others are not looked at; the first time they come it says so in the log, once.
 */
final class ForwardedRequests implements HttpConfiguration.Customizer {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardedRequests.class);
    private static final String TRUSTED = "daveloper.trusted-proxy";

    private final TrustedProxies proxies;
    private final AtomicBoolean warned = new AtomicBoolean();
    private final AtomicBoolean warnedOfContradiction = new AtomicBoolean();

    ForwardedRequests(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** Whether the other end of this request's connection is a trusted proxy. */
    static boolean isFromProxy(Request request) {
        return request.getAttribute(TRUSTED) != null;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        HttpFields fields = request.getHeaders();
        Function<String, List<String>> headers = fields::getValuesList;
        SocketAddress peer = request.getConnectionMetaData().getRemoteSocketAddress();
        boolean trusted = peer instanceof InetSocketAddress address && proxies.trust(address.getAddress());
        if (trusted) {
            request.setAttribute(TRUSTED, true);
        }
        if (!Forwarding.isClaimed(headers)) {
            return request;
        }
        if (!trusted) {
            warnOf(
                    warned,
                    "a request says that it was forwarded, but its sender is none of http.trusted-proxies:"
                            + " what it says is ignored, and this is not told again");
            return request;
        }
        InetAddress proxy = ((InetSocketAddress) peer).getAddress();
        String host = fields.get(HttpHeader.HOST);
        String ownHost = host == null ? request.getHttpURI().getAuthority() : host;
        Optional<Forwarding> told = Forwarding.read(headers, proxies, proxy, ownHost);
        if (told.isEmpty()) {
            warnOf(
                    warnedOfContradiction,
                    "a trusted proxy sent Forwarded and X-Forwarded-* that contradict each other:"
                            + " both are ignored, let it remove those that it does not write itself");
            return request;
        }
        return new Forwarded(request, told.get());
    }

    private static void warnOf(AtomicBoolean before, String message) {
        if (before.compareAndSet(false, true)) {
            LOG.warn(message);
        }
    }

    /** The request as its client sent it. */
    private static final class Forwarded extends Request.Wrapper {
        private final HttpFields headers;
        private final HttpURI uri;
        private final ConnectionMetaData connection;

        private Forwarded(Request request, Forwarding told) {
            super(request);
            HostPortHttpField host = told.host() == null ? null : new HostPortHttpField(told.host());
            this.headers = host == null ? request.getHeaders() : HttpFields.build(request.getHeaders(), host);
            this.uri = uriOf(request.getHttpURI(), told.scheme(), host);
            this.connection = new From(request.getConnectionMetaData(), told.client());
        }

        private static HttpURI uriOf(HttpURI sent, @Nullable String scheme, @Nullable HostPortHttpField host) {
            HttpURI.Mutable uri = HttpURI.build(sent);
            if (scheme != null) {
                uri.scheme(scheme);
            }
            if (host != null) {
                uri.authority(host.getHost(), host.getPort());
            }
            return uri.asImmutable();
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }

        @Override
        public HttpURI getHttpURI() {
            return uri;
        }

        @Override
        public boolean isSecure() {
            return "https".equals(uri.getScheme());
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }
    }

    /** The connection, but for its other end. */
    private static final class From extends ConnectionMetaData.Wrapper {
        private final InetSocketAddress client;

        private From(ConnectionMetaData connection, InetAddress client) {
            super(connection);
            this.client = new InetSocketAddress(client, 0);
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return client;
        }
    }
}
