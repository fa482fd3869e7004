package dev.daveloper.redis;

import dev.daveloper.redis.testkit.RedisProcess;
import java.util.Map;
import java.util.TreeMap;

/** Which commands a server was asked for, as it counts them itself; looking costs one {@code INFO}. */
final class Commands {
    private static final String LINE = "cmdstat_";

    private Commands() {}

    /** How often each was called since the server started or {@link #forget}. */
    static Map<String, Long> called(RedisProcess server) {
        Map<String, Long> calls = new TreeMap<>();
        for (String line : server.command("INFO", "commandstats").split("\r\n", -1)) {
            if (line.startsWith(LINE)) {
                String name = line.substring(LINE.length(), line.indexOf(':'));
                String count = line.substring(line.indexOf("calls=") + "calls=".length(), line.indexOf(','));
                calls.put(name, Long.valueOf(count));
            }
        }
        return calls;
    }

    /** How many scripts and plain commands of the stores there were. */
    static long calls(RedisProcess server) {
        return called(server).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("eval"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    static void forget(RedisProcess server) {
        server.command("CONFIG", "RESETSTAT");
    }
}
