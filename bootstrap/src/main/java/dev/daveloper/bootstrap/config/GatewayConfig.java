package dev.daveloper.bootstrap.config;

import dev.daveloper.application.CoreSettings;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.grpc.AgentServerConfig;
import dev.daveloper.grpc.DocumentsServerConfig;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.failures.ErrorReportConfig;
import dev.daveloper.http.security.AdminKeys;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All that is configured, as the records of those that it is for. */
public record GatewayConfig(
        HttpConfig http,
        StoresChoice stores,
        AgentChoice agent,
        AgentServerConfig agentServer,
        DocumentsChoice documents,
        DocumentsServerConfig documentsServer,
        CoreSettings core,
        CacheConfig cache,
        WebhooksConfig webhooks,
        ManagementConfig management,
        TracingConfig tracing,
        LogConfig log,
        ErrorReportConfig errorReports,
        InstantSource clock) {

    /** @throws InvalidConfiguration with every combination of values that cannot be */
    public static GatewayConfig bind(Values values, InstantSource clock) throws InvalidConfiguration {
        List<String> mistakes = new ArrayList<>();
        Optional<HttpConfig> http = bound(mistakes, () -> HttpKeys.bind(values));
        Optional<StoresChoice> stores = bound(mistakes, () -> DataKeys.bind(values, clock));
        Optional<AgentChoice> agent = bound(mistakes, () -> AgentKeys.bind(values));
        Optional<AgentServerConfig> agentServer = bound(mistakes, () -> AgentServerKeys.bind(values));
        Optional<DocumentsChoice> documents = bound(mistakes, () -> DocumentKeys.bind(values, clock));
        Optional<DocumentsServerConfig> documentsServer = bound(mistakes, () -> DocumentsServerKeys.bind(values));
        Optional<CoreSettings> core = bound(mistakes, () -> ChatKeys.bind(values));
        Optional<WebhooksConfig> webhooks = bound(mistakes, () -> WebhookKeys.bind(values));
        Optional<ErrorReportConfig> errorReports = bound(mistakes, () -> ErrorKeys.bind(values));
        if (!mistakes.isEmpty()) {
            throw new InvalidConfiguration(mistakes);
        }
        return new GatewayConfig(
                http.orElseThrow(),
                stores.orElseThrow(),
                agent.orElseThrow(),
                agentServer.orElseThrow(),
                documents.orElseThrow(),
                documentsServer.orElseThrow(),
                core.orElseThrow(),
                CacheKeys.bind(values),
                webhooks.orElseThrow(),
                ManagementKeys.bind(values),
                TracingKeys.bind(values),
                LogKeys.bind(values),
                errorReports.orElseThrow(),
                clock);
    }

    /** The same with this key for the administrator, in the place of any other. */
    public GatewayConfig withAdminKey(String key) {
        AdminKeys keys = new AdminKeys(Map.of("admin", AdminKeys.hashOf(key)));
        return new GatewayConfig(
                http.withAdminKeys(keys),
                stores,
                agent,
                agentServer,
                documents,
                documentsServer,
                core,
                cache,
                webhooks,
                management,
                tracing,
                log,
                errorReports,
                clock);
    }

    private static <T> Optional<T> bound(List<String> mistakes, Supplier<T> binding) {
        try {
            return Optional.of(binding.get());
        } catch (IllegalArgumentException | InvalidValue e) {
            mistakes.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
