package dev.daveloper.http.ratelimits;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.application.ratelimits.in.LimitStats;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.ratelimits.in.RateLimits.Effective;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Target;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.UnknownEndpoint;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.Nothing;
import dev.daveloper.http.requests.Requests;
import dev.daveloper.http.security.Admins;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rate limits, for administrators: which hold, what they count, and how to change them while it runs. */
public final class LimitRoutes {
    private static final String POLICY = "#/policy";

    private final RateLimits limits;
    private final Admins admins;
    private final Requests requests;
    private final Bodies bodies;
    private volatile Set<String> endpoints = Set.of();

    public LimitRoutes(HttpParts parts) {
        this.limits = parts.ports().limits();
        this.admins = parts.admins();
        this.requests = parts.requests();
        this.bodies = parts.bodies();
    }

    public void register(RoutesConfig routes, String prefix) {
        routes.get(prefix + "/rate-limits", this::list);
        routes.get(prefix + "/rate-limits/stats", this::stats);
        routes.get(prefix + "/rate-limits/{policy}", this::find);
        routes.put(prefix + "/rate-limits/{policy}", this::change, Input.READ);
        routes.delete(prefix + "/rate-limits/{policy}", this::reset);
    }

    /**
     * Has to be called before anything is served.
     *
     * @param routes every method and path there is
     * @throws UnknownEndpoint when a policy is about another
     */
    public void know(List<String> routes) {
        endpoints = Set.copyOf(routes);
        limits.policies().stream()
                .flatMap(known -> known.configured().stream())
                .forEach(policy -> unserved(policy).ifPresent(target -> {
                    throw new UnknownEndpoint(policy.name(), target.name());
                }));
    }

    /** The first endpoint that the policy is about and that there is not. */
    private Optional<Target> unserved(Policy policy) {
        return policy.targets().stream()
                .filter(target -> target.isEndpoint() && !endpoints.contains(target.name()))
                .findFirst();
    }

    private void list(Context ctx) {
        admins.requireAdmin(ctx);
        bodies.write(
                ctx,
                200,
                new PoliciesView(limits.policies().stream().map(PolicyView::of).toList()));
    }

    private void find(Context ctx) {
        admins.requireAdmin(ctx);
        bodies.write(ctx, 200, PolicyView.of(known(nameOf(ctx))));
    }

    private void change(Context ctx) throws IOException {
        Change change =
                requests.read(ctx, Nothing.class, Nothing.class, Change.class).body();
        admins.requireAdmin(ctx);
        String name = nameOf(ctx);
        put(name, Objects.requireNonNull(change.policy()));
        bodies.write(ctx, 200, PolicyView.of(known(name)));
    }

    /**
     * Makes a policy hold.
     *
     * @throws InvalidRequest when the sentence is none, or is about an endpoint that there is not
     */
    public void put(String name, String sentence) {
        if (sentence.equals(PolicyText.OFF)) {
            limits.switchOff(name);
        } else {
            limits.change(policyOf(name, sentence));
        }
    }

    private Policy policyOf(String name, String sentence) {
        Policy policy;
        try {
            policy = PolicyText.read(sentence);
        } catch (InvalidValue e) {
            throw new InvalidRequest(POLICY, e.detail());
        }
        if (!policy.name().equals(name)) {
            throw new InvalidRequest(POLICY, "The sentence must begin with the policy's name, " + name + ".");
        }
        unserved(policy).ifPresent(target -> {
            throw new InvalidRequest(POLICY, "There is no endpoint " + target + ".");
        });
        return policy;
    }

    private void reset(Context ctx) {
        admins.requireAdmin(ctx);
        limits.reset(nameOf(ctx));
        ctx.status(204);
    }

    private void stats(Context ctx) {
        admins.requireAdmin(ctx);
        bodies.write(ctx, 200, StatsView.of(limits.stats()));
    }

    private Effective known(String name) {
        return limits.policies().stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFound("policy"));
    }

    /** A name that cannot be one names nothing, as one that is unknown. */
    private static String nameOf(Context ctx) {
        try {
            return Policy.requireName(ctx.pathParam("policy"));
        } catch (InvalidValue e) {
            throw new NotFound("policy");
        }
    }

    private record Change(
            @NotBlank(message = "{name} must not be missing.")
            @Size(max = PolicyText.MAX_CHARS, message = "{name} must have at most {max} characters, not {length}.")
            @Nullable
            String policy) {}

    private record PoliciesView(List<PolicyView> items) {}

    /**
     * A policy.
     *
     * @param policy the sentence that holds; null when none does
     * @param configured the sentence that is configured; null when none is
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record PolicyView(
            String name, @Nullable String policy, @Nullable String configured, boolean changed) {
        static PolicyView of(Effective effective) {
            return new PolicyView(
                    effective.name(),
                    effective.policy().map(Policy::toString).orElse(null),
                    effective.configured().map(Policy::toString).orElse(null),
                    effective.changed());
        }
    }

    private record StatsView(
            String since,
            long asked,
            long failures,
            boolean away,
            long meanWaitMicros,
            long longestWaitMicros,
            List<LimitStats.OfPolicy> policies,
            List<LimitStats.Heavy> heaviest) {
        static StatsView of(LimitStats stats) {
            return new StatsView(
                    stats.since().toString(),
                    stats.asked(),
                    stats.failures(),
                    stats.away(),
                    micros(stats.meanWait()),
                    micros(stats.longestWait()),
                    stats.policies(),
                    stats.heaviest());
        }

        private static long micros(Duration wait) {
            return wait.toNanos() / 1_000;
        }
    }
}
