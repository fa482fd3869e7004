package dev.daveloper.http.testkit;

import java.util.Set;

/** What is described and being built. A test refuses what is named here and there already. */
public final class Coming {
    public static final Set<String> OPERATIONS = Set.of("GET /errors", "GET /errors/stats");

    static final Set<String> HEADERS = Set.of("X-Request-Id", "X-Trace-Id");

    private Coming() {}
}
