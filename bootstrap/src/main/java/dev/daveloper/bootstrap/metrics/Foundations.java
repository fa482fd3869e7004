package dev.daveloper.bootstrap.metrics;

import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.documents.ingestion.EmbeddedDocuments;
import dev.daveloper.grpc.CallListener;
import dev.daveloper.http.ServerStats;
import dev.daveloper.redis.RedisAdapters;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Measures what the gateway stands on: databases, Redis, services, the server, disks. Whoever opens one hands it over;
 * what is not there has no series. Each is to be handed over once.
 */
public final class Foundations {
    private final MeterRegistry registry;
    private final RpcMetrics calls;

    Foundations(MeterRegistry registry) {
        this.registry = registry;
        this.calls = new RpcMetrics(registry);
    }

    /** Conversations in one process. */
    public void stores(EmbeddedStores stores) {
        stores.hear(new SqliteMetrics(registry, "conversations", stores::stats));
    }

    /** Documents in one process. */
    public void documents(EmbeddedDocuments documents) {
        documents.hear(
                new SqliteMetrics(registry, "documents", () -> documents.stats().database()));
        DocumentMetrics.register(registry, documents::stats);
    }

    /** Conversations in Redis. */
    public void redis(RedisAdapters redis) {
        redis.hear(new RedisMetrics(registry, redis::stats));
    }

    /** A service over gRPC, of whose calls is told whom this accepts. */
    public void service(Consumer<CallListener> hearing) {
        hearing.accept(calls);
    }

    /** The server that everybody reaches. */
    public void server(Supplier<ServerStats> stats) {
        ServerMetrics.register(registry, stats);
    }

    /**
     * A disk.
     *
     * @param volume what is kept there, in a word
     * @param directory any on it
     */
    public void volume(String volume, Path directory) {
        DiskMetrics.register(registry, volume, directory);
    }
}
