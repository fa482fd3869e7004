package dev.daveloper.bootstrap.config;

import dev.daveloper.application.webhooks.WebhookSettings;
import dev.daveloper.domain.webhooks.EndpointUrl;
import dev.daveloper.domain.webhooks.Network;
import dev.daveloper.domain.webhooks.Reachable;
import dev.daveloper.domain.webhooks.RetrySchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may be told of what happens, how patiently, and how much of it is kept. */
final class WebhookKeys {
    static final Setting<Boolean> ENABLED = Setting.of(
            "webhooks.enabled",
            Kinds.FLAG,
            "true",
            "Whether receivers are told of what happens. Without it nothing is kept for them, and there are no calls to"
                    + " administer them.");
    static final Setting<Boolean> INSECURE = Setting.of(
            "webhooks.allow-insecure",
            Kinds.FLAG,
            "false",
            "Whether receivers may have http URLs: what they are told can then be read on the way.");
    static final Setting<List<Network>> NETWORKS = Setting.of(
            "webhooks.allowed-networks",
            WebhookKinds.NETWORKS,
            "",
            "Networks that deliveries may go to although they are not of the public internet, such as 10.20.0.0/16."
                    + " Every address in them can be called by whoever adds receivers; leave out metadata services.");
    static final Setting<Set<Integer>> PORTS = Setting.of(
            "webhooks.ports", WebhookKinds.PORTS, "443, 8443", "Ports that receivers' URLs may have; empty for all.");
    static final Setting<Optional<Path>> CERTIFICATES = Setting.of(
            "webhooks.certificates",
            Kinds.OPTIONAL_PATH,
            "",
            "PEM file with certificates that are trusted beside the usual ones, for receivers of your own.");
    static final Setting<Duration> CONNECT_TIMEOUT = Setting.of(
            "webhooks.connect-timeout",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
            "5s",
            "Longest time until a receiver is connected to.");
    static final Setting<Duration> TIMEOUT = Setting.of(
            "webhooks.timeout",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
            "15s",
            "Longest time that an attempt may take in all, until the answer is read.");
    static final Setting<Integer> CONCURRENCY = Setting.of(
            "webhooks.concurrency",
            Kinds.wholeNumber(1, 256),
            "16",
            "Attempts that a node makes at one receiver at the same time.");
    static final Setting<List<Duration>> RETRIES = Setting.of(
            "webhooks.retries",
            WebhookKinds.WAITS,
            WebhookKinds.written(RetrySchedule.STANDARD.waits()),
            "Time to wait after the first failed attempt, after the second and so on, in any order, at most "
                    + RetrySchedule.MAX_WAITS + "; after the last the delivery is dead. Empty for one attempt.");
    static final Setting<Integer> MAX_ENDPOINTS =
            Setting.of("webhooks.max-endpoints", Kinds.wholeNumber(1, 10_000), "100", "Receivers that there may be.");
    static final Setting<Integer> MAX_WAITING = Setting.of(
            "webhooks.max-waiting",
            Kinds.wholeNumber(1, 10_000_000),
            "100000",
            "Deliveries that may wait for one receiver; further ones are dead from the start.");
    static final Setting<Duration> RETENTION = Setting.of(
            "webhooks.retention",
            Kinds.duration(Duration.ofMinutes(1), Duration.ofDays(90)),
            "7d",
            "Time that deliveries can be looked at and sent again after their end.");
    static final Setting<Boolean> TEXT = Setting.of(
            "webhooks.include-text",
            Kinds.FLAG,
            "false",
            "Whether receivers are told what was answered, and not only that something was.");

    static final Group GROUP = new Group(
            "Webhooks",
            List.of(
                    ENABLED,
                    INSECURE,
                    NETWORKS,
                    PORTS,
                    CERTIFICATES,
                    CONNECT_TIMEOUT,
                    TIMEOUT,
                    CONCURRENCY,
                    RETRIES,
                    MAX_ENDPOINTS,
                    MAX_WAITING,
                    RETENTION,
                    TEXT));

    private WebhookKeys() {}

    /** What the core has to know. */
    static WebhookSettings settings(Values values) {
        return new WebhookSettings(
                new EndpointUrl.Rules(values.get(INSECURE), values.get(PORTS)),
                new Reachable(values.get(NETWORKS)),
                new RetrySchedule(values.get(RETRIES)),
                values.get(TIMEOUT),
                values.get(CONCURRENCY),
                values.get(MAX_ENDPOINTS),
                values.get(MAX_WAITING),
                values.get(RETENTION));
    }

    static WebhooksConfig bind(Values values) {
        if (values.get(CONNECT_TIMEOUT).compareTo(values.get(TIMEOUT)) > 0) {
            throw new IllegalArgumentException(CONNECT_TIMEOUT.key() + " (" + values.textOf(CONNECT_TIMEOUT)
                    + ") must not be longer than " + TIMEOUT.key() + " (" + values.textOf(TIMEOUT)
                    + "), of which it is a part.");
        }
        return new WebhooksConfig(
                values.get(ENABLED), values.get(CONNECT_TIMEOUT), values.get(CERTIFICATES), values.get(TEXT));
    }
}
