package dev.daveloper.bootstrap.config;

import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.chat.ChatSettings;
import java.time.Duration;
import java.util.List;

/** The bounds of conversations and of the answers being made. */
final class ChatKeys {
    static final Setting<Duration> DETACH_GRACE = Setting.of(
            "chat.detach-grace",
            Kinds.duration(Duration.ofMillis(100), Duration.ofDays(1)),
            "2m",
            "Time that an answer nobody watches is still made, unless it was asked for in the background.");
    static final Setting<Duration> RUN_TIMEOUT = Setting.of(
            "chat.run-timeout",
            Kinds.duration(Duration.ofMillis(100), Duration.ofDays(1)),
            "10m",
            "Longest time that an answer may take.");
    static final Setting<Duration> AGENT_SILENCE = Setting.of(
            "chat.agent-silence",
            Kinds.duration(Duration.ofMillis(100), Duration.ofDays(1)),
            "60s",
            "Longest time that the agent may say nothing while it answers.");
    static final Setting<Duration> DRAIN_GRACE = Setting.of(
            "chat.drain-grace",
            Kinds.duration(Duration.ZERO, Duration.ofHours(1)),
            "20s",
            "Time that answers being made have left when the gateway stops; then they end as interrupted.");
    static final Setting<Duration> LEASE = Setting.of(
            "chat.lease",
            Kinds.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
            "10s",
            "Time after which the answers of a node that died are closed as interrupted.");
    static final Setting<Duration> LOG_RETENTION = Setting.of(
            "chat.log-retention",
            Kinds.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
            "15m",
            "Time that an answer can be streamed again after its end; the answer itself stays in the history.");
    static final Setting<Duration> KEY_RETENTION = Setting.of(
            "chat.key-retention",
            Kinds.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
            "24h",
            "Time for which a message sent again with the same key is recognised.");
    static final Setting<Integer> MAX_RUNS = Setting.of(
            "chat.max-runs", Kinds.wholeNumber(1, 1_000_000), "5000", "Answers made at once; more are refused.");
    static final Setting<Integer> MAX_VIEWERS = Setting.of(
            "chat.max-viewers-per-run", Kinds.wholeNumber(1, 100_000), "200", "Viewers of one answer at once.");
    static final Setting<Integer> HISTORY_MESSAGES = Setting.of(
            "chat.history-messages",
            Kinds.wholeNumber(0, 10_000),
            "40",
            "Earlier messages that the agent is given with a new one, at most.");
    static final Setting<Integer> HISTORY_CHARS = Setting.of(
            "chat.history-chars",
            Kinds.wholeNumber(0, 10_000_000),
            "64000",
            "Characters that these may have together.");
    static final Setting<Integer> ANSWER_CHARS = Setting.of(
            "chat.answer-chars",
            Kinds.wholeNumber(1, 100_000_000),
            "2000000",
            "Characters that an answer may have, with its tool calls and citations; at the limit it ends.");
    static final Setting<Duration> BATCH_WINDOW = Setting.of(
            "chat.batch-window",
            Kinds.duration(Duration.ofMillis(1), Duration.ofSeconds(10)),
            "30ms",
            "Time that parts of an answer are gathered before they are written to the store.");
    static final Setting<Integer> BATCH_EVENTS = Setting.of(
            "chat.batch-events", Kinds.wholeNumber(1, 10_000), "32", "Parts of an answer that wait no longer.");
    static final Setting<Integer> BATCH_CHARS = Setting.of(
            "chat.batch-chars",
            Kinds.wholeNumber(1, 10_000_000),
            "8192",
            "Characters of an answer that wait no longer.");

    static final Group GROUP = new Group(
            "Chat",
            List.of(
                    DETACH_GRACE,
                    RUN_TIMEOUT,
                    AGENT_SILENCE,
                    DRAIN_GRACE,
                    LEASE,
                    LOG_RETENTION,
                    KEY_RETENTION,
                    MAX_RUNS,
                    MAX_VIEWERS,
                    HISTORY_MESSAGES,
                    HISTORY_CHARS,
                    ANSWER_CHARS,
                    BATCH_WINDOW,
                    BATCH_EVENTS,
                    BATCH_CHARS));

    private ChatKeys() {}

    static CoreSettings bind(Values values) {
        ChatSettings.Times times = new ChatSettings.Times(
                values.get(DETACH_GRACE),
                values.get(RUN_TIMEOUT),
                values.get(AGENT_SILENCE),
                values.get(LEASE),
                values.get(LOG_RETENTION),
                values.get(KEY_RETENTION));
        ChatSettings.Bounds bounds = new ChatSettings.Bounds(
                values.get(MAX_RUNS),
                values.get(MAX_VIEWERS),
                values.get(HISTORY_MESSAGES),
                values.get(HISTORY_CHARS),
                values.get(ANSWER_CHARS));
        ChatSettings.Batches batches = new ChatSettings.Batches(
                values.get(BATCH_WINDOW),
                values.get(RedisKeys.isChosen(values) ? RedisKeys.BATCH_WINDOW : BATCH_WINDOW),
                values.get(BATCH_EVENTS),
                values.get(BATCH_CHARS),
                RedisKeys.isChosen(values));
        return new CoreSettings(
                new ChatSettings(times, bounds, batches, CacheKeys.remembering(values)),
                SessionKeys.bind(values),
                DocumentLimitKeys.bind(values),
                values.get(DRAIN_GRACE),
                LimitKeys.bind(values, times.runTimeout()),
                WebhookKeys.settings(values));
    }
}
