package dev.daveloper.http.ratelimits;

import dev.daveloper.domain.ratelimits.Activity;
import dev.daveloper.domain.ratelimits.Target;
import io.javalin.router.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What each endpoint is, in the words that policies use. Safe for use by many threads. */
final class EndpointTargets {
    private static final Map<String, Activity> ACTIVITIES = Map.of(
            "POST /agent/chat", Activity.CHAT,
            "POST /agent/tools/test", Activity.TOOLS,
            "POST /sessions", Activity.SESSIONS,
            "POST /sessions/current/renew", Activity.SESSIONS,
            "POST /documents/ingest", Activity.UPLOADS);

    private static final String STREAM = "/events";

    private final List<String> prefixes;
    private final Map<Endpoint, Set<Target>> known = new ConcurrentHashMap<>();

    /** @param prefixes below which the same endpoints are served */
    EndpointTargets(List<String> prefixes) {
        this.prefixes = List.copyOf(prefixes);
    }

    /** @param endpoint as the server routes it, always the same object for the same route */
    Set<Target> of(Endpoint endpoint) {
        Set<Target> targets = known.get(endpoint);
        if (targets == null) {
            targets = targets(endpoint.method.name(), withoutPrefix(endpoint.path));
            known.put(endpoint, targets);
        }
        return targets;
    }

    private static Set<Target> targets(String method, String path) {
        Target endpoint = Target.of(method, path);
        return Set.of(Target.of(Activity.ALL), Target.of(activity(endpoint, path)), endpoint);
    }

    private static Activity activity(Target endpoint, String path) {
        Activity special = ACTIVITIES.get(endpoint.name());
        if (special != null) {
            return special;
        }
        boolean reads = endpoint.name().startsWith("GET ");
        if (reads && path.endsWith(STREAM)) {
            return Activity.STREAMS;
        }
        return reads ? Activity.READS : Activity.WRITES;
    }

    private String withoutPrefix(String path) {
        return prefixes.stream()
                .filter(prefix -> !prefix.isEmpty() && path.startsWith(prefix + "/"))
                .findFirst()
                .map(prefix -> path.substring(prefix.length()))
                .orElse(path);
    }
}
