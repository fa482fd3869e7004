package dev.daveloper.redis;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.health.out.HealthProbe.Finding;
import dev.daveloper.application.health.out.HealthProbe.Part;
import dev.daveloper.domain.health.ErrorClass;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks every server of Redis by itself, all at once, each on a connection of its own that is kept; at most {@link
 * HealthProbe#MAX_PARTS}. A server keeps its number for as long as it is known. For one thread at a time.
 */
final class ServersProbe {
    /** Of the time that there is, so much may be spent on finding out which servers there are. */
    private static final int PART_FOR_FINDING = 4;

    private final Servers servers;
    private final Duration patience;
    private final Map<String, Asked> known = new LinkedHashMap<>();

    /** @param patience for all of them together */
    ServersProbe(Servers servers, Duration patience) {
        this.servers = servers;
        this.patience = patience;
    }

    /** How each is; those that were known before where it cannot be found out which there are. */
    List<Part> ask() throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        find();
        List<Answer> answers = known.values().stream().map(Asked::ask).toList();
        List<Part> parts = new ArrayList<>();
        for (Answer answer : answers) {
            parts.add(answer.await(deadline));
        }
        return parts;
    }

    private void find() throws InterruptedException {
        try {
            keepOnly(servers.now().get(patience.toNanos() / PART_FOR_FINDING, TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException e) {
            // The sentinels are away, say; the servers need not be.
        }
    }

    private void keepOnly(Map<String, RedisURI> found) {
        List<String> addresses =
                found.keySet().stream().limit(HealthProbe.MAX_PARTS).toList();
        known.entrySet().removeIf(entry -> {
            boolean gone = !addresses.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        for (String address : addresses) {
            RedisURI uri = found.get(address);
            if (uri != null && !known.containsKey(address)) {
                known.put(address, new Asked("node-" + freeNumber(), address, uri));
            }
        }
    }

    private int freeNumber() {
        return IntStream.rangeClosed(1, HealthProbe.MAX_PARTS)
                .filter(number -> known.values().stream().noneMatch(server -> server.name.equals("node-" + number)))
                .findFirst()
                .orElseThrow();
    }

    /** One server. */
    private final class Asked {
        private final String name;
        private final String address;
        private final RedisURI uri;
        private @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection;

        Asked(String name, String address, RedisURI uri) {
            this.name = name;
            this.address = address;
            this.uri = uri;
        }

        Answer ask() {
            CompletableFuture<StatefulRedisConnection<byte[], byte[]>> current = connection;
            if (current == null || isOver(current)) {
                current = servers.connect(uri);
                connection = current;
            }
            return new Answer(this, current.thenCompose(open -> open.async().ping()), System.nanoTime());
        }

        private static boolean isOver(CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection) {
            return connection.isDone()
                    && (connection.isCompletedExceptionally()
                            || !connection.resultNow().isOpen());
        }

        /** Also one that is only being made, when it is. */
        void close() {
            CompletableFuture<StatefulRedisConnection<byte[], byte[]>> current = connection;
            connection = null;
            if (current != null) {
                var unused = current.thenCompose(StatefulRedisConnection::closeAsync);
            }
        }
    }

    /** An answer that is under way. */
    private record Answer(Asked server, CompletableFuture<String> pong, long askedNanos) {
        Part await(long deadline) throws InterruptedException {
            try {
                String unused = pong.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                return part(Finding.PASS);
            } catch (TimeoutException e) {
                // What waits on the connection would pile up; and behind the address may be another by now.
                server.close();
                return part(Finding.failing(ErrorClass.TIMEOUT, "The server does not answer."));
            } catch (ExecutionException e) {
                server.close();
                Throwable cause = e.getCause();
                return part(Finding.failing(Absence.kindOf(cause == null ? e : cause), "The server cannot be asked."));
            }
        }

        private Part part(Finding finding) {
            return new Part(server.name, server.address, finding, Duration.ofNanos(System.nanoTime() - askedNanos));
        }
    }
}
