package dev.daveloper.bootstrap.architecture;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every module has a root package of its own and the same folders in it: {@code find . -type d -name webhooks} shows a
 * feature whole.
 */
final class Folders {
    private static final Set<String> FEATURES = Set.of(
            "chat",
            "documents",
            "sessions",
            "ratelimits",
            "cache",
            "webhooks",
            "health",
            "events",
            "failures",
            "tracing");

    private static final Map<String, String> ROOTS = Map.of(
            "domain", "dev/daveloper/domain",
            "application", "dev/daveloper/application",
            "stored", "dev/daveloper/stored",
            "adapters-grpc", "dev/daveloper/grpc",
            "adapters-redis", "dev/daveloper/redis",
            "adapters-embedded", "dev/daveloper/embedded",
            "adapters-http", "dev/daveloper/http",
            "bootstrap", "dev/daveloper/bootstrap");

    /** Within a feature of the application: what it offers, what it needs. */
    private static final Set<String> PORTS = Set.of("in", "out");

    private static final Set<String> TESTS_ALONE =
            Set.of("testkit", "architecture", "fixtures", "e2e", "shipping", "release");

    /** Rooms that one module has beside the features. */
    private static final Map<String, Set<String>> OWN_ROOMS = Map.of(
            "bootstrap",
            Set.of("config", "metrics", "jfr", "operator"),
            "adapters-http",
            Set.of("jetty", "requests", "pages", "security", "sockets", "graphql"));

    /**
     * Rooms within a feature of one module: the agent that ships with the gateway is a house of its own, and so are the
     * reading of foreign files and the queue of their ingestion.
     */
    private static final Map<String, Set<String>> INNER_ROOMS =
            Map.of("application", PORTS, "adapters-embedded", Set.of("agent", "extraction", "ingestion"));

    private static final Pattern JAVA = Pattern.compile("([\\w-]+)/src/(main|test)/java/(?:(.*)/)?[^/]+\\.java");

    private Folders() {}

    static void check(SourceFile file, Consumer<String> wrong) {
        Matcher java = JAVA.matcher(file.path());
        if (!java.matches() || !ROOTS.containsKey(java.group(1))) {
            return;
        }
        String module = java.group(1);
        boolean test = java.group(2).equals("test");
        String folder = java.group(3) == null ? "" : java.group(3);
        if (test && (folder + "/").startsWith("dev/daveloper/fixtures/")) {
            return;
        }
        String root = ROOTS.get(module);
        if (!(folder + "/").startsWith(root + "/")) {
            wrong.accept(folder + " is not in " + root);
            return;
        }
        List<String> rooms = List.of(folder.substring(root.length()).split("/", -1));
        for (int depth = 1; depth < rooms.size(); depth++) {
            if (!isKnown(rooms.get(depth), depth, module, test)) {
                wrong.accept("folder " + rooms.get(depth) + " is none of " + expected(depth, module));
            }
        }
    }

    private static boolean isKnown(String room, int depth, String module, boolean test) {
        return expected(depth, module).contains(room) || (test && TESTS_ALONE.contains(room));
    }

    private static Set<String> expected(int depth, String module) {
        if (depth == 1) {
            Set<String> rooms = new HashSet<>(FEATURES);
            rooms.addAll(OWN_ROOMS.getOrDefault(module, Set.of()));
            return rooms;
        }
        return depth == 2 ? INNER_ROOMS.getOrDefault(module, Set.of()) : Set.of();
    }
}
