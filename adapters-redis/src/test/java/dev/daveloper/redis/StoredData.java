package dev.daveloper.redis;

import dev.daveloper.redis.testkit.RedisProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What lies in a server under a prefix, looked at apart from the client under test. For tests with little in it. */
final class StoredData {
    private static final int MAX_ROUNDS = 10_000;

    private StoredData() {}

    /** All keys with this prefix. */
    static List<String> keys(RedisProcess server, String prefix) {
        List<String> keys = new ArrayList<>();
        String cursor = "0";
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<String> reply = server.command("SCAN", cursor, "MATCH", prefix + ":*", "COUNT", "1000")
                    .lines()
                    .toList();
            cursor = reply.getFirst();
            keys.addAll(reply.subList(1, reply.size()).stream()
                    .filter(key -> !key.isEmpty())
                    .toList());
            if (cursor.equals("0")) {
                return keys;
            }
        }
        throw new IllegalStateException("more than is to be expected under " + prefix);
    }

    /** The same with everything in them, as text. */
    static Map<String, String> contents(RedisProcess server, String prefix) {
        Map<String, String> contents = new TreeMap<>();
        for (String key : keys(server, prefix)) {
            contents.put(key, content(server, key));
        }
        return contents;
    }

    private static String content(RedisProcess server, String key) {
        return switch (server.command("TYPE", key)) {
            case "hash" -> server.command("HGETALL", key);
            case "zset" -> server.command("ZRANGE", key, "0", "-1", "WITHSCORES");
            case "set" -> server.command("SMEMBERS", key);
            case "stream" -> server.command("XRANGE", key, "-", "+");
            case "string" -> server.command("GET", key);
            default -> "";
        };
    }
}
