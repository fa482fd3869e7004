package dev.daveloper.http.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Set;

/** What is described and being built. A test refuses what is named here and there already. */
public final class Coming {
    public static final Set<String> OPERATIONS = Set.of(
            "POST /sessions/current/renew",
            "GET /sessions/current/export",
            "GET /sessions/stats",
            "DELETE /sessions/{}",
            "GET /errors",
            "GET /errors/stats");

    public static final Set<String> CODES = Set.of("too_many_sessions", "admin_required");

    static final Set<String> HEADERS = Set.of("X-Request-Id", "X-Trace-Id");
    static final Set<String> MEMBERS = Set.of("latestExpiresAt", "lastSeenAt");

    private Coming() {}

    static void relax(JsonNode node) {
        JsonNode required = node.path("required");
        if (required instanceof ArrayNode members) {
            for (int i = members.size() - 1; i >= 0; i--) {
                if (MEMBERS.contains(members.get(i).textValue())) {
                    members.remove(i);
                }
            }
        }
        node.forEach(Coming::relax);
    }
}
