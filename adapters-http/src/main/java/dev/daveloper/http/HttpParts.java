package dev.daveloper.http;

import dev.daveloper.http.failures.Failures;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.requests.RequestBinder;
import dev.daveloper.http.security.Admins;
import dev.daveloper.http.security.Callers;
import dev.daveloper.http.security.CrossSite;

/** What the features share: made once, safe for use by many threads. */
public record HttpParts(
        HttpConfig config,
        HttpPorts ports,
        JsonCodec json,
        RequestBinder binder,
        Bodies bodies,
        Admins admins,
        Callers callers,
        CrossSite crossSite,
        Failures failures,
        SseStreams streams) {
    static HttpParts of(HttpConfig config, HttpPorts ports) {
        HttpLimits limits = config.limits();
        JsonCodec json = new JsonCodec(Math.max(limits.maxBodyBytes(), limits.maxMessageBytes()));
        RequestBinder binder = new RequestBinder(json);
        Admins admins = new Admins(config.adminKeys());
        return new HttpParts(
                config,
                ports,
                json,
                binder,
                new Bodies(json, binder, limits.maxBodyBytes()),
                admins,
                new Callers(ports.sessions(), admins),
                new CrossSite(config.corsOrigins()),
                new Failures(json),
                new SseStreams(
                        limits.maxStreams(),
                        config.times().sseHeartbeat(),
                        config.times().sendStuck()));
    }
}
