package dev.daveloper.redis.sessions;

import dev.daveloper.application.sessions.out.SessionStore.AddressQuota;
import dev.daveloper.domain.sessions.AddressHash;
import dev.daveloper.domain.sessions.SessionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which sessions this node opened from which address: in memory, because no address is ever stored, not even hashed. Of
 * a session that ended elsewhere it may know late; it then looks before it refuses. Safe for use by many threads.
 */
final class LiveFrom {
    private final Map<AddressHash, Set<SessionId>> byAddress = new HashMap<>();
    private final Map<SessionId, AddressHash> addresses = new HashMap<>();

    /** Those that are counted but not in the store yet, where they are not to be looked for. */
    private final Set<SessionId> opening = new HashSet<>();

    /**
     * Counts the session for its address, as one that is being opened until {@link #opened} or {@link #remove}; answers
     * false when there is no room for it.
     */
    boolean add(SessionId session, AddressQuota quota, Predicate<SessionId> lives) {
        if (isFull(quota)) {
            for (SessionId one : openedFrom(quota.address())) {
                if (!lives.test(one)) {
                    remove(one);
                }
            }
        }
        return addIfRoom(session, quota);
    }

    synchronized void opened(SessionId session) {
        opening.remove(session);
    }

    synchronized void remove(SessionId session) {
        opening.remove(session);
        AddressHash address = addresses.remove(session);
        if (address != null) {
            byAddress.computeIfPresent(address, (same, sessions) -> {
                sessions.remove(session);
                return sessions.isEmpty() ? null : sessions;
            });
        }
    }

    private synchronized boolean isFull(AddressQuota quota) {
        return byAddress.getOrDefault(quota.address(), Set.of()).size() >= quota.max();
    }

    private synchronized Set<SessionId> openedFrom(AddressHash address) {
        Set<SessionId> opened = new HashSet<>(byAddress.getOrDefault(address, Set.of()));
        opened.removeAll(opening);
        return opened;
    }

    private synchronized boolean addIfRoom(SessionId session, AddressQuota quota) {
        if (isFull(quota)) {
            return false;
        }
        byAddress.computeIfAbsent(quota.address(), address -> new HashSet<>()).add(session);
        addresses.put(session, quota.address());
        opening.add(session);
        return true;
    }
}
