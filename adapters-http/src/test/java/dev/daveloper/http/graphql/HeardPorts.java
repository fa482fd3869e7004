package dev.daveloper.http.graphql;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.Tools;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.health.in.Health;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.http.HttpPorts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real ports of a gateway, with somebody who hears which of their methods are called. */
final class HeardPorts {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    HttpPorts over(HttpPorts ports) {
        return new HttpPorts(
                heard(Chat.class, ports.chat()),
                heard(Tools.class, ports.tools()),
                heard(Sessions.class, ports.sessions()),
                heard(Health.class, ports.health()),
                ports.library(),
                heard(Documents.class, ports.documents()),
                heard(RateLimits.class, ports.limits()),
                ports.caching(),
                heard(CacheControl.class, ports.cacheControl()),
                ports.webhooks().map(webhooks -> heard(Webhooks.class, webhooks)),
                ports.errorReporter(),
                ports.tracer());
    }

    /** What was called since then, in order, such as {@code Chat.start}; but for what the gateway does by itself. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    long times(String call) {
        return calls.stream().filter(call::equals).count();
    }

    void forget() {
        calls.clear();
    }

    private <P> P heard(Class<P> port, P real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    if (!Thread.currentThread().getName().equals("status-sampler")) {
                        calls.add(port.getSimpleName() + "." + method.getName());
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
