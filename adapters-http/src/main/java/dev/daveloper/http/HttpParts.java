package dev.daveloper.http;

import dev.daveloper.http.cache.KeptAnswers;
import dev.daveloper.http.failures.Failures;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.ratelimits.Gate;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.requests.RequestBinder;
import dev.daveloper.http.requests.Requests;
import dev.daveloper.http.security.Admins;
import dev.daveloper.http.security.Callers;
import dev.daveloper.http.security.CrossSite;
import dev.daveloper.http.sockets.Sockets;
import java.time.InstantSource;
import java.util.List;

/** What the features share: made once, safe for use by many threads. */
public record HttpParts(
        HttpConfig config,
        HttpPorts ports,
        JsonCodec json,
        RequestBinder binder,
        Bodies bodies,
        Requests requests,
        Admins admins,
        Callers callers,
        Gate gate,
        KeptAnswers kept,
        CrossSite crossSite,
        Problems problems,
        Failures failures,
        SseStreams streams,
        Sockets sockets) {
    /**
     * @param prefixes below which the API is served
     * @param listener hears of WebSockets
     */
    static HttpParts of(HttpConfig config, HttpPorts ports, List<String> prefixes, SocketListener listener) {
        HttpLimits limits = config.limits();
        JsonCodec json = new JsonCodec(Math.max(limits.maxBodyBytes(), limits.maxMessageBytes()));
        RequestBinder binder = new RequestBinder();
        Bodies bodies = new Bodies(json, limits.maxBodyBytes());
        Admins admins = new Admins(config.adminKeys());
        Callers callers = new Callers(ports.sessions(), admins);
        Problems problems = new Problems(InstantSource.system(), ports.errorReporter());
        return new HttpParts(
                config,
                ports,
                json,
                binder,
                bodies,
                new Requests(bodies, binder),
                admins,
                callers,
                new Gate(ports.limits(), callers, prefixes),
                new KeptAnswers(ports.caching(), json, InstantSource.system()),
                new CrossSite(config.corsOrigins()),
                problems,
                new Failures(json, problems),
                new SseStreams(
                        limits.maxStreams(),
                        config.times().sseHeartbeat(),
                        config.times().sendStuck()),
                new Sockets(limits, config.times(), listener));
    }
}
