package dev.daveloper.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.chat.ChatSettings;
import dev.daveloper.application.ratelimits.LimitSettings;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import dev.daveloper.embedded.chat.agent.BuiltInAgentConfig;
import dev.daveloper.embedded.documents.extraction.ExtractionConfig;
import dev.daveloper.embedded.documents.ingestion.EmbeddedDocumentsConfig;
import dev.daveloper.grpc.AgentServerConfig;
import dev.daveloper.grpc.DocumentsServerConfig;
import dev.daveloper.grpc.GrpcAgentConfig;
import dev.daveloper.grpc.GrpcDocumentsConfig;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.failures.ErrorReportConfig;
import dev.daveloper.redis.RedisConfig;
import dev.daveloper.redis.RedisConfig.Keeping;
import dev.daveloper.redis.RedisUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No key is without effect: each, when set, changes the records that the program is built from. */
class EveryKeyTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Path NOWHERE = Path.of("there-is-no-such-directory");

    /** For every key a value that is not its default. */
    private static final Map<String, String> OTHER = new HashMap<>();

    /** What some keys need beside them to be of effect. */
    private static final Map<String, Map<String, String>> BESIDE = new HashMap<>();

    private static final Map<String, String> SERVICE = Map.of("agent.target", "dns:///agent:50052");
    private static final Map<String, String> TLS =
            Map.of("agent.target", "dns:///agent:50052", "agent.tls.enabled", "true");
    private static final Map<String, String> IDENTITY = Map.of(
            "agent.target", "dns:///agent:50052",
            "agent.tls.enabled", "true",
            "agent.tls.certificate", "own.pem",
            "agent.tls.key", "own.key");
    private static final Map<String, String> DOCUMENTS = Map.of("documents.target", "dns:///documents:50053");
    private static final Map<String, String> MODEL =
            Map.of("agent.openai.model", "a-model", "agent.openai.base-url", "https://model.example/v1");

    static {
        other("http.host", "0.0.0.0");
        other("http.cors.origins", "https://app.example,http://localhost:3000");
        other("http.max-requests", "9000");
        other("http.max-follows-per-socket", "17");
        other("http.server-timing", "false");
        other("graphql.enabled", "false");
        other("graphql.production", "true");
        other("graphql.playground", "false");
        other("graphql.introspection", "false");
        other("graphql.max-depth", "12");
        other("graphql.max-aliases", "0");
        other("graphql.persisted-queries", "false");
        other("graphql.trusted-documents", "documents.json");
        other("graphql.operation-names", "Conversation,Ask");
        other("data.dir", "elsewhere");
        other("data.durability", "power-cut");
        other("data.encryption-keys", "k1=" + "A".repeat(43) + "=");
        redis();
        other("agent.target", "dns:///agent:50052");
        other("agent.tls.enabled", "true", SERVICE);
        other("agent.tls.authorities", "authorities.pem", TLS);
        other("agent.tls.certificate", "another.pem", IDENTITY);
        other("agent.tls.key", "another.key", IDENTITY);
        other("agent.tls.server-name", "agent.example", TLS);
        other("agent.health-check", "false", SERVICE);
        for (String key : List.of("connect-timeout", "keepalive-time", "keepalive-timeout", "call-timeout")) {
            other("agent." + key, "11s", SERVICE);
        }
        other("agent.tool-timeout", "11s", SERVICE);
        other("agent.max-event", "2MiB", SERVICE);
        other("agent.window", "128KiB", SERVICE);
        other("agent.openai.base-url", "http://localhost:11434/v1/", MODEL);
        other("agent.openai.api-key", "a key", MODEL);
        other("agent.openai.model", "another-model", MODEL);
        other("agent.github.base-url", "https://github.example/api/v3");
        other("agent.pace", "0s");
        other("documents.target", "none");
        documents();
        other("http.trusted-proxies", "10.0.0.0/8, 2001:db8::1");
        other(
                "http.tls.certificate",
                "another.pem",
                Map.of("http.tls.certificate", "own.pem", "http.tls.key", "own.key"));
        other("http.tls.key", "another.key", Map.of("http.tls.certificate", "own.pem", "http.tls.key", "own.key"));
        other("http.min-upload-rate", "2KiB");
        other("http.upload.max-files", "7");
        other("admin.keys", "ops=" + "0a".repeat(32) + ", a plain key of some length");
        other("session.idle", "12h");
        other("session.max-age", "7d");
        for (String server : List.of("agent-server", "documents-server")) {
            Map<String, String> identity =
                    Map.of(server + ".tls.certificate", "server.pem", server + ".tls.key", "server.key");
            other(server + ".host", "::1");
            other(server + ".reflection", "true");
            other(server + ".tls.certificate", "another.pem", identity);
            other(server + ".tls.key", "another.key", identity);
            other(server + ".tls.client-authorities", "clients.pem", identity);
        }
        Map<String, String> collector = Map.of("errors.report.url", "https://key@collector.example/7");
        other("errors.report.url", "https://collector.example/in");
        other("errors.report.format", "sentry", collector);
        other("errors.report.token", "a token", collector);
        other("cache.max-bytes", "2MiB");
        other("cache.timeout", "20ms", Map.of("redis.url", "redis://localhost"));
        other("cache.tools", "5s stale 6s error 7s");
        other("cache.documents", "off");
        other("cache.document", "2m error 1h");
        other("cache.warm", "tools");
        other("rate-limits.defaults", "false");
        other("rate-limits.policies", "mine: 3 per 1h by address on chat, chat: off");
        other("rate-limits.timeout", "20ms", Map.of("redis.url", "redis://localhost"));
        other("cache.answers", "shared");
        other("cache.agent-version", "2026-03");
        other("management.host", "0.0.0.0");
        other("metrics.enabled", "false");
        Map<String, String> target = Map.of("metrics.otlp-endpoint", "http://collector.example:4318/v1/metrics");
        other("metrics.otlp-endpoint", "https://collector.example/v1/metrics");
        other("metrics.otlp-interval", "15s", target);
        other("metrics.otlp-headers", "authorization=Bearer x, tenant=seven", target);
        other("tracing.endpoint", "http://collector.example:4318");
        other("tracing.sample", "0.5");
        other("tracing.headers", "authorization=Bearer a token, x-tenant=7");
        other("tracing.service-name", "gateway");
        other("health.disk-warn-percent", "5");
        other("health.disk-warn", "2GiB");
        other("health.disk-fail", "200MiB");
        other("log.format", "json");
        other("log.level", "debug");
        webhooks();
    }

    private static void webhooks() {
        other("webhooks.enabled", "false");
        other("webhooks.allow-insecure", "true");
        other("webhooks.allowed-networks", "10.20.0.0/16, fd00::/8");
        other("webhooks.ports", "");
        other("webhooks.certificates", "own-authority.pem");
        other("webhooks.retries", "1s, 2s, 1s");
        other("webhooks.retention", "3d");
        other("webhooks.concurrency", "5");
        other("webhooks.timeout", "30s");
        other("webhooks.include-text", "true");
    }

    private static void redis() {
        Map<String, String> chosen = Map.of("redis.url", "redis://localhost");
        other("redis.url", "rediss-cluster://user:password@a:7000,b:7001");
        for (String key : List.of("timeout", "connect-timeout", "reconnect-within", "wait-timeout", "batch-window")) {
            other("redis." + key, "3s", chosen);
        }
        other("redis.certificates", "redis.pem", chosen);
        other("redis.prefix", "other", chosen);
        other("redis.max-messages", "100", chosen);
        other("redis.wait-replicas", "2", chosen);
    }

    private static void documents() {
        Map<String, String> tls = new HashMap<>(DOCUMENTS);
        tls.put("documents.tls.enabled", "true");
        Map<String, String> identity = new HashMap<>(tls);
        identity.putAll(Map.of("documents.tls.certificate", "own.pem", "documents.tls.key", "own.key"));
        other("documents.tls.enabled", "true", DOCUMENTS);
        other("documents.tls.authorities", "authorities.pem", tls);
        other("documents.tls.server-name", "documents.example", tls);
        other("documents.tls.certificate", "another.pem", identity);
        other("documents.tls.key", "another.key", identity);
        other("documents.health-check", "false", DOCUMENTS);
        other("documents.window", "128KiB", DOCUMENTS);
        for (String key : List.of("connect", "call", "upload", "stall", "watch")) {
            other("documents." + key + "-timeout", "11s", DOCUMENTS);
        }
        other("documents.keepalive-time", "11s", DOCUMENTS);
        other("documents.keepalive-timeout", "11s", DOCUMENTS);
        other("documents.workers", "7");
        other("documents.remember-ended", "7h");
        other("documents.reading.max-heap", "300MiB");
        other("documents.reading.max-unpacked", "300MiB");
        for (String scope : List.of("session", "shared", "total")) {
            other("documents." + scope + ".max-size", "3GiB");
        }
    }

    private static void other(String key, String value) {
        other(key, value, Map.of());
    }

    private static void other(String key, String value, Map<String, String> beside) {
        OTHER.put(key, value);
        BESIDE.put(key, beside);
    }

    static List<String> keys() {
        return Catalogue.keys();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void reaches_its_record(String key) throws InvalidConfiguration {
        Map<String, String> before = new HashMap<>(BESIDE.getOrDefault(key, Map.of()));
        Map<String, String> after = new HashMap<>(before);
        after.put(key, OTHER.getOrDefault(key, "3s"));
        if (Catalogue.find(key).orElseThrow().kind().read(after.get(key)).isEmpty()) {
            after.put(key, Catalogue.find(key).orElseThrow().kind().name().startsWith("size") ? "48KiB" : "1234");
        }

        assertThat(bind(after)).isNotEqualTo(bind(before));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void has_a_name_in_the_environment_that_no_other_has(String key) {
        String variable = Catalogue.find(key).orElseThrow().variable();

        assertThat(Catalogue.variables()).containsOnlyOnce(variable);
        assertThat(Catalogue.findByVariable(variable))
                .contains(Catalogue.find(key).orElseThrow());
        assertThat(Environment.read(Map.of(variable, "1"))).hasSize(1);
    }

    @Test
    void defaults_are_those_of_the_records() throws InvalidConfiguration {
        GatewayConfig config = bind(Map.of());

        assertThat(config.http()).isEqualTo(HttpConfig.on("127.0.0.1", 8080));
        assertThat(config.core()).isEqualTo(CoreSettings.DEFAULT.with(LimitSettings.DEFAULT));
        assertThat(config.stores())
                .isEqualTo(new StoresChoice.Embedded(EmbeddedStoresConfig.in(Path.of("data"), CLOCK)));
        assertThat(config.errorReports()).isEqualTo(ErrorReportConfig.NONE);
        assertThat(config.agentServer()).isEqualTo(AgentServerConfig.of(50052));
        assertThat(config.documentsServer()).isEqualTo(DocumentsServerConfig.of(50053));
        assertThat(config.documents()).isInstanceOfSatisfying(DocumentsChoice.Embedded.class, embedded -> {
            assertThat(embedded.config()).isEqualTo(EmbeddedDocumentsConfig.in(Path.of("data/documents"), CLOCK));
            assertThat(embedded.extraction().timeLimit())
                    .isEqualTo(ExtractionConfig.defaults().timeLimit());
        });
        assertThat(((DocumentsChoice.OverGrpc) bind(DOCUMENTS).documents()).config())
                .isEqualTo(GrpcDocumentsConfig.of("dns:///documents:50053"));
        assertThat(((AgentChoice.OverGrpc) bind(SERVICE).agent()).config())
                .isEqualTo(GrpcAgentConfig.of("dns:///agent:50052"));
        assertThat(((AgentChoice.BuiltIn) config.agent()).pace()).isEqualTo(BuiltInAgentConfig.NATURAL_PACE);
    }

    @Test
    void defaults_of_redis_are_those_of_its_record() throws InvalidConfiguration {
        GatewayConfig config = bind(Map.of("redis.url", "redis://localhost"));
        RedisConfig usual = RedisConfig.at(RedisUrl.parse("redis://localhost"));

        assertThat(config.stores())
                .isEqualTo(new StoresChoice.InRedis(usual.with(new Keeping(
                        usual.keeping().prefix(),
                        Duration.ofDays(31),
                        usual.keeping().log(),
                        usual.keeping().idempotencyKey(),
                        usual.keeping().messages()))));
        assertThat(config.core().chat().batches()).isEqualTo(ChatSettings.Batches.ACROSS_THE_NETWORK);
    }

    @Test
    void every_key_has_a_line_of_documentation() {
        for (Setting<?> setting : Catalogue.settings()) {
            assertThat(setting.meaning()).as(setting.key()).endsWith(".").hasSizeGreaterThan(10);
        }
    }

    private static GatewayConfig bind(Map<String, String> values) throws InvalidConfiguration {
        List<String> args = new ArrayList<>();
        values.forEach((key, value) -> args.add("--" + key + "=" + value));
        return GatewayConfig.bind(
                Sources.read(CommandLine.parse(args.toArray(String[]::new)), Map.of(), NOWHERE), CLOCK);
    }
}
