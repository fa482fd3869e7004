package dev.daveloper.http;

import dev.daveloper.http.cache.ResponsePolicies;
import dev.daveloper.http.graphql.GraphConfig;
import dev.daveloper.http.security.AdminKeys;
import dev.daveloper.http.security.TrustedProxies;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway is reached over HTTP.
 *
 * @param host the address to listen on
 * @param port 0 lets the system choose, see {@link HttpServer#port()}
 * @param corsOrigins foreign origins that browsers may call from, each exactly as a browser writes it, such as
 *     {@code https://app.example}
 * @param adminKeys of those who may change what is everybody's
 * @param proxies that are believed when they say on whose behalf they call
 * @param kept how long answers are good for
 * @param tls null to speak plain HTTP
 * @param serverTiming whether responses say where their time went
 * @param graphs what of GraphQL is there
 */
public record HttpConfig(
        String host,
        int port,
        Set<String> corsOrigins,
        AdminKeys adminKeys,
        HttpLimits limits,
        UploadLimits uploads,
        HttpTimes times,
        TrustedProxies proxies,
        ResponsePolicies kept,
        @Nullable TlsConfig tls,
        boolean serverTiming,
        GraphConfig graphs) {
    private static final int MAX_PORT = 65_535;

    public HttpConfig {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be from 0 to " + MAX_PORT + ", not " + port);
        }
        corsOrigins = Set.copyOf(corsOrigins);
        corsOrigins.forEach(HttpConfig::requireOrigin);
    }

    /** With uploads as usual, without administrators, without a proxy, and without TLS. */
    public HttpConfig(String host, int port, Set<String> corsOrigins, HttpLimits limits, HttpTimes times) {
        this(
                host,
                port,
                corsOrigins,
                AdminKeys.NONE,
                limits,
                UploadLimits.DEFAULT,
                times,
                TrustedProxies.NONE,
                ResponsePolicies.DEFAULT,
                null,
                true,
                GraphConfig.DEFAULT);
    }

    /** Everything as usual, for this address. */
    public static HttpConfig on(String host, int port) {
        return new HttpConfig(host, port, Set.of(), HttpLimits.DEFAULT, HttpTimes.DEFAULT);
    }

    public HttpConfig withCorsOrigins(Set<String> origins) {
        return new HttpConfig(
                host, port, origins, adminKeys, limits, uploads, times, proxies, kept, tls, serverTiming, graphs);
    }

    public HttpConfig withAdminKeys(AdminKeys keys) {
        return new HttpConfig(
                host, port, corsOrigins, keys, limits, uploads, times, proxies, kept, tls, serverTiming, graphs);
    }

    public HttpConfig withLimits(HttpLimits newLimits) {
        return new HttpConfig(
                host,
                port,
                corsOrigins,
                adminKeys,
                newLimits,
                uploads,
                times,
                proxies,
                kept,
                tls,
                serverTiming,
                graphs);
    }

    public HttpConfig withUploads(UploadLimits newUploads) {
        return new HttpConfig(
                host,
                port,
                corsOrigins,
                adminKeys,
                limits,
                newUploads,
                times,
                proxies,
                kept,
                tls,
                serverTiming,
                graphs);
    }

    public HttpConfig withTimes(HttpTimes newTimes) {
        return new HttpConfig(
                host,
                port,
                corsOrigins,
                adminKeys,
                limits,
                uploads,
                newTimes,
                proxies,
                kept,
                tls,
                serverTiming,
                graphs);
    }

    public HttpConfig withProxies(TrustedProxies newProxies) {
        return new HttpConfig(
                host,
                port,
                corsOrigins,
                adminKeys,
                limits,
                uploads,
                times,
                newProxies,
                kept,
                tls,
                serverTiming,
                graphs);
    }

    public HttpConfig withKept(ResponsePolicies policies) {
        return new HttpConfig(
                host,
                port,
                corsOrigins,
                adminKeys,
                limits,
                uploads,
                times,
                proxies,
                policies,
                tls,
                serverTiming,
                graphs);
    }

    public HttpConfig withTls(TlsConfig newTls) {
        return new HttpConfig(
                host,
                port,
                corsOrigins,
                adminKeys,
                limits,
                uploads,
                times,
                proxies,
                kept,
                newTls,
                serverTiming,
                graphs);
    }

    public HttpConfig withServerTiming(boolean told) {
        return new HttpConfig(
                host, port, corsOrigins, adminKeys, limits, uploads, times, proxies, kept, tls, told, graphs);
    }

    public HttpConfig withGraphs(GraphConfig newGraphs) {
        return new HttpConfig(
                host,
                port,
                corsOrigins,
                adminKeys,
                limits,
                uploads,
                times,
                proxies,
                kept,
                tls,
                serverTiming,
                newGraphs);
    }

    private static void requireOrigin(String origin) {
        if (!isOrigin(origin)) {
            throw new IllegalArgumentException(
                    "a CORS origin must be scheme://host or scheme://host:port in lower case, not '" + origin + "'");
        }
    }

    private static boolean isOrigin(String origin) {
        try {
            URI uri = URI.create(origin);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null && origin.equals(originOf(uri));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String originOf(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
    }
}
