package dev.daveloper.bootstrap.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every setting there is. What stands here is in the help and in the reference, and nothing else is accepted. */
public final class Catalogue {
    public static final List<Group> GROUPS = List.of(
            HttpKeys.GROUP,
            EdgeKeys.GROUP,
            UploadKeys.GROUP,
            GraphKeys.GROUP,
            DataKeys.GROUP,
            RedisKeys.GROUP,
            AgentKeys.GROUP,
            BuiltInAgentKeys.GROUP,
            DocumentKeys.GROUP,
            SessionKeys.GROUP,
            LimitKeys.GROUP,
            CacheKeys.GROUP,
            ChatKeys.GROUP,
            WebhookKeys.GROUP,
            AgentServerKeys.GROUP,
            DocumentsServerKeys.GROUP,
            ManagementKeys.GROUP,
            MetricsKeys.GROUP,
            TracingKeys.GROUP,
            HealthKeys.GROUP,
            LogKeys.GROUP,
            ErrorKeys.GROUP);

    /** Collecting fails when two settings have one name. */
    private static final Map<String, Setting<?>> BY_KEY =
            settings().stream().collect(Collectors.toUnmodifiableMap(Setting::key, Function.identity()));

    private static final Map<String, Setting<?>> BY_VARIABLE =
            settings().stream().collect(Collectors.toUnmodifiableMap(Setting::variable, Function.identity()));

    private Catalogue() {}

    /** All of them, in the order in which they are shown. */
    public static List<Setting<?>> settings() {
        return GROUPS.stream()
                .<Setting<?>>flatMap(group -> group.settings().stream())
                .toList();
    }

    static Optional<Setting<?>> find(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    static Optional<Setting<?>> findByVariable(String variable) {
        return Optional.ofNullable(BY_VARIABLE.get(variable));
    }

    static List<String> keys() {
        return settings().stream().map(Setting::key).toList();
    }

    static List<String> variables() {
        return settings().stream().map(Setting::variable).toList();
    }
}
