package dev.daveloper.bootstrap.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.grpc.CallListener;
import dev.daveloper.http.ServerStats;
import dev.daveloper.redis.CommandListener.Result;
import dev.daveloper.redis.RedisStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is handed over is measured as often as it happens, under labels of which there are few. */
class FoundationsTest {
    private static final ServerStats PLAIN = new ServerStats(3, 2, 5, 16, 1, Optional.empty());

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Foundations foundations = new Foundations(registry);

    @TempDir
    private Path directory;

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private ServerStats with(Instant expiry) {
        return new ServerStats(3, 2, 5, 16, 1, Optional.of(expiry));
    }

    @Test
    void the_expiry_of_a_certificate_follows_the_certificate_and_without_tls_there_is_none() {
        MeterRegistry plain = new SimpleMeterRegistry();
        new Foundations(plain).server(() -> PLAIN);
        assertThat(plain.get("daveloper.http.threads")
                        .tag("state", "busy")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(plain.find("daveloper.tls.certificate.expiry.timestamp").gauge())
                .isNull();

        AtomicReference<ServerStats> stats = new AtomicReference<>(with(Instant.ofEpochSecond(1_000)));
        foundations.server(stats::get);
        assertThat(gauge("daveloper.tls.certificate.expiry.timestamp")).isEqualTo(1_000);
        stats.set(with(Instant.ofEpochSecond(2_000)));
        await().until(() -> gauge("daveloper.tls.certificate.expiry.timestamp") == 2_000);
    }

    @Test
    void calls_are_counted_by_method_and_code_and_what_was_not_announced_is_not() {
        AtomicReference<CallListener> hearing = new AtomicReference<>();
        foundations.service(hearing::set);
        CallListener calls = hearing.get();
        calls.began("agent");
        calls.ended("agent", "Chat", "OK", 5);
        assertThat(registry.getMeters()).isEmpty();

        calls.opened("agent", List.of("Chat", "Check"), () -> true);
        calls.began("agent");
        calls.began("agent");
        assertThat(gauge("daveloper.rpc.client.in.flight", "service", "agent")).isEqualTo(2);
        assertThat(gauge("daveloper.rpc.channel.ready", "service", "agent")).isOne();
        calls.ended("agent", "Chat", "UNAVAILABLE", 5);
        calls.ended("agent", "Invented", "OK", 5);
        assertThat(gauge("daveloper.rpc.client.in.flight", "service", "agent")).isZero();
        assertThat(registry.get("daveloper.rpc.client").timers())
                .extracting(timer ->
                        timer.getId().getTag("method") + " " + timer.getId().getTag("code") + " " + timer.count())
                .containsExactlyInAnyOrder("Chat OK 0", "Check OK 0", "Chat UNAVAILABLE 1");
    }

    @Test
    void commands_are_bounded_whatever_their_names() {
        RedisMetrics redis = new RedisMetrics(registry, () -> new RedisStats(true, true, false));
        assertThat(gauge("daveloper.redis.connected", "link", "commands")).isOne();
        assertThat(gauge("daveloper.redis.connected", "link", "listening")).isZero();
        IntStream.range(0, 1_000).forEach(number -> {
            redis.began();
            redis.ended("command-" + number, Result.OK, 5);
        });
        redis.began();
        redis.ended("HGET", Result.TIMEOUT, 5);

        assertThat(registry.get("daveloper.redis.commands").timers()).hasSizeLessThan(70);
        assertThat(registry.get("daveloper.redis.commands").timers().stream()
                        .mapToLong(Timer::count)
                        .sum())
                .isEqualTo(1_001);
        assertThat(gauge("daveloper.redis.commands.pending")).isZero();
    }

    @Test
    void a_disk_is_told_of_and_one_that_is_not_there_is_not_a_number() {
        foundations.volume("data", directory);
        foundations.volume("documents", directory.resolve("missing"));
        assertThat(gauge("daveloper.disk.free", "volume", "data"))
                .isPositive()
                .isLessThanOrEqualTo(gauge("daveloper.disk.size", "volume", "data"));
        assertThat(gauge("daveloper.disk.free", "volume", "documents")).isNaN();
    }

    @Test
    void who_looks_all_the_time_sees_what_was_seen_a_moment_ago() {
        AtomicInteger looks = new AtomicInteger();
        Glance<Integer> glance = new Glance<>(looks::incrementAndGet, Duration.ofDays(1));
        assertThat(List.of(glance.get(), glance.get(), glance.get())).containsOnly(1);
        Glance<Integer> fleeting = new Glance<>(looks::incrementAndGet, Duration.ofNanos(-1));
        assertThat(fleeting.get()).isEqualTo(3);
    }
}
