package dev.daveloper.application.webhooks;

import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All endpoints, in memory: asked for whatever happens, so nothing here waits but {@link #reload}. Safe for use by many
 * threads.
 */
final class EndpointsNear {
    private final WebhookStore store;
    /** Held while the store is read, so that what was read before a change is never put over it. */
    private final ReentrantLock changing = new ReentrantLock();

    /** Null before they were read for the first time. */
    private volatile @Nullable Map<EndpointId, Endpoint> known;

    EndpointsNear(WebhookStore store) {
        this.store = store;
    }

    /** Reads them again; whatever is thrown, they stay as they are. */
    void reload() {
        changing.lock();
        try {
            Map<EndpointId, Endpoint> read = new LinkedHashMap<>();
            store.all().forEach(endpoint -> read.put(endpoint.id(), endpoint));
            known = read;
        } finally {
            changing.unlock();
        }
    }

    /** Takes over what was just stored. */
    void adopt(Endpoint stored) {
        changing.lock();
        try {
            Map<EndpointId, Endpoint> changed = new LinkedHashMap<>(map());
            changed.merge(stored.id(), stored, (old, now) -> old.version() > now.version() ? old : now);
            publish(changed);
        } finally {
            changing.unlock();
        }
    }

    void drop(EndpointId removed) {
        changing.lock();
        try {
            Map<EndpointId, Endpoint> changed = new LinkedHashMap<>(map());
            changed.remove(removed);
            publish(changed);
        } finally {
            changing.unlock();
        }
    }

    /** A single endpoint that is known is not all of them: as long as they were not read, they are unknown. */
    private void publish(Map<EndpointId, Endpoint> changed) {
        if (known == null) {
            reload();
        } else {
            known = changed;
        }
    }

    private Map<EndpointId, Endpoint> map() {
        Map<EndpointId, Endpoint> now = known;
        return now == null ? Map.of() : now;
    }

    /** Whether they were read at all. */
    boolean isKnown() {
        return known != null;
    }

    Collection<Endpoint> all() {
        return map().values();
    }

    Set<EndpointId> ids() {
        return map().keySet();
    }

    Optional<Endpoint> find(EndpointId endpoint) {
        return Optional.ofNullable(map().get(endpoint));
    }

    boolean isAnyEnabled() {
        for (Endpoint endpoint : all()) {
            if (endpoint.isEnabled()) {
                return true;
            }
        }
        return false;
    }

    /** Whether anybody may want it; as long as nobody has said who there is, anybody may. */
    boolean isWanted(EventType type, Optional<SessionId> about) {
        if (!isKnown()) {
            return true;
        }
        for (Endpoint endpoint : all()) {
            if (wants(endpoint, type, about)) {
                return true;
            }
        }
        return false;
    }

    Set<EndpointId> wanting(EventType type, Optional<SessionId> about) {
        Set<EndpointId> wanting = new LinkedHashSet<>();
        for (Endpoint endpoint : all()) {
            if (wants(endpoint, type, about)) {
                wanting.add(endpoint.id());
            }
        }
        return wanting;
    }

    private static boolean wants(Endpoint endpoint, EventType type, Optional<SessionId> about) {
        return endpoint.isEnabled() && endpoint.subscription().wants(type, about);
    }
}
