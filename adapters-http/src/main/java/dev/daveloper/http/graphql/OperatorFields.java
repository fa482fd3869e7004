package dev.daveloper.http.graphql;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.cache.in.CacheStats;
import dev.daveloper.application.health.in.Health;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.ratelimits.in.RateLimits.Effective;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.ratelimits.LimitView;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What operators look at and turn: health, limits, the cache. */
final class OperatorFields implements Fields {
    private final Health health;
    private final RateLimits limits;
    private final CacheControl cache;
    private final Refusals refusals;
    private final BiConsumer<String, String> policies;

    /** @param policies makes a policy of this name hold, as this sentence has it */
    OperatorFields(HttpPorts ports, Refusals refusals, BiConsumer<String, String> policies) {
        this.health = ports.health();
        this.limits = ports.limits();
        this.cache = ports.cacheControl();
        this.refusals = refusals;
        this.policies = policies;
    }

    @Override
    public void addTo(RuntimeWiring.Builder wiring) {
        wiring.type(
                "Query",
                type -> type.dataFetcher("health", this::health)
                        .dataFetcher(
                                "limits",
                                environment ->
                                        LimitView.of(Given.asker(environment).standings()))
                        .dataFetcher(
                                "limitPolicies",
                                environment -> limits.policies().stream()
                                        .map(OperatorFields::view)
                                        .toList())
                        .dataFetcher("cache", environment -> view(cache.stats())));
        wiring.type(
                "Mutation",
                type -> type.dataFetcher("putLimitPolicy", refusals.given(this::put))
                        .dataFetcher("switchOffLimitPolicy", refusals.given(this::switchOff))
                        .dataFetcher("resetLimitPolicy", refusals.given(this::reset))
                        .dataFetcher("forgetCached", refusals.given(this::forget)));
    }

    private Map<String, Object> health(DataFetchingEnvironment environment) {
        boolean admin = Given.asker(environment).isAdmin();
        Health.Report report = health.report();
        return Map.of(
                "status",
                report.status().wireName(),
                "components",
                report.components().stream()
                        .map(component -> view(component, admin))
                        .toList());
    }

    private static Map<String, @Nullable Object> view(ComponentHealth component, boolean admin) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("name", component.component());
        view.put("status", component.status().wireName());
        view.put("time", component.at());
        view.put("since", component.since());
        if (admin) {
            view.put("vital", component.vital());
            view.put("latency", component.latency().toNanos() / 1e6);
            view.put("detail", component.detail());
        }
        return view;
    }

    private static Map<String, @Nullable Object> view(Effective policy) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("name", policy.name());
        view.put("rule", policy.policy().map(Policy::toString).orElse(null));
        view.put("configured", policy.configured().map(Policy::toString).orElse(null));
        view.put("changed", policy.changed());
        return view;
    }

    private Map<String, Object> view(CacheStats stats) {
        return Map.of(
                "since", stats.since(),
                "entries", stats.usage().nearEntries(),
                "bytes", stats.usage().nearBytes(),
                "away", stats.usage().away(),
                "coherent", stats.usage().coherent(),
                "namespaces", stats.namespaces(),
                "warmable", cache.warmable());
    }

    private Object put(DataFetchingEnvironment environment) {
        String name = nameOf(environment);
        String rule = environment.getArgument("rule");
        policies.accept(name, rule == null ? "" : rule);
        return known(name);
    }

    private Object switchOff(DataFetchingEnvironment environment) {
        String name = nameOf(environment);
        limits.switchOff(name);
        return known(name);
    }

    private Object reset(DataFetchingEnvironment environment) {
        String name = nameOf(environment);
        limits.reset(name);
        return known(name);
    }

    private static String nameOf(DataFetchingEnvironment environment) {
        return Names.of("policy", Policy::requireName, environment.getArgument("name"));
    }

    private Typed known(String name) {
        return limits.policies().stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .map(policy -> new Typed("LimitPolicy", view(policy)))
                .orElseThrow(() -> new NotFound("policy"));
    }

    private Object forget(DataFetchingEnvironment environment) {
        List<String> tags = environment.getArgument("tags");
        boolean everywhere = (tags == null || tags.isEmpty()) ? cache.forgetAll() : cache.forget(tagsOf(tags));
        return new Typed("ForgottenCached", Map.of("everywhere", everywhere));
    }

    private static Set<Tag> tagsOf(List<String> texts) {
        Set<Tag> tags = new HashSet<>();
        for (String text : texts) {
            try {
                tags.add(new Tag(text));
            } catch (InvalidValue e) {
                throw new InvalidRequest("#/tags", e.detail());
            }
        }
        return tags;
    }
}
