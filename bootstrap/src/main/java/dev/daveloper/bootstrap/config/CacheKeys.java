package dev.daveloper.bootstrap.config;

import dev.daveloper.application.chat.ChatSettings.Remembering;
import dev.daveloper.application.chat.ChatSettings.Remembering.Reach;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.http.cache.ResponsePolicies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is kept for a while because making it anew costs something. */
final class CacheKeys {
    private static final String FORM =
            " A time, with more while it is made anew and when it cannot be, such as 1m stale 5m"
                    + " error 1h, or off.";

    static final Setting<Long> MAX_BYTES = Setting.of(
            "cache.max-bytes",
            Kinds.volume(1 << 20, 8L << 30),
            "64MiB",
            "What all that is kept in a node's memory may take; what is used least makes room.");
    static final Setting<Duration> TIMEOUT = Setting.of(
            "cache.timeout",
            Kinds.duration(Duration.ofMillis(1), Duration.ofSeconds(10)),
            "50ms",
            "Time for an answer of Redis, before a node passes the cache by.");
    static final Setting<Freshness> TOOLS = Setting.of(
            "cache.tools", Kinds.FRESHNESS, "1m stale 5m error 1h", "How long the list of tools is good for." + FORM);
    static final Setting<Freshness> DOCUMENTS =
            Setting.of("cache.documents", Kinds.FRESHNESS, "10s", "How long a list of documents is good for." + FORM);
    static final Setting<Freshness> DOCUMENT = Setting.of(
            "cache.document", Kinds.FRESHNESS, "1m", "How long what is told of one document is good for." + FORM);
    static final Setting<Set<String>> WARM = Setting.of(
            "cache.warm",
            Kinds.WORDS,
            "",
            "What is made ahead when the gateway starts, joined by commas: tools. Empty: nothing.");

    static final Setting<Reach> ANSWERS = Setting.of(
            "cache.answers",
            Kinds.choice(Map.of("off", Reach.NOBODY, "session", Reach.SESSION, "shared", Reach.EVERYBODY)),
            "off",
            "Who is given an answer again that was made for the same question after the same conversation, to the"
                    + " letter: nobody, the same session, or every session without documents of its own. The last is"
                    + " for agents that answer everybody alike.");
    static final Setting<Duration> ANSWERS_TTL = Setting.of(
            "cache.answers-ttl",
            Kinds.duration(Duration.ofSeconds(1), Freshness.MAX),
            "1h",
            "How long an answer is good for.");
    static final Setting<String> AGENT_VERSION = Setting.of(
            "cache.agent-version",
            Kinds.TEXT,
            "",
            "Any text. Answers that were kept under another are not given again: change it with the agent or its"
                    + " model.");

    static final Group GROUP = new Group(
            "Cache",
            List.of(MAX_BYTES, TIMEOUT, TOOLS, DOCUMENTS, DOCUMENT, WARM, ANSWERS, ANSWERS_TTL, AGENT_VERSION));

    private CacheKeys() {}

    static ResponsePolicies policies(Values values) {
        return new ResponsePolicies(values.get(TOOLS), values.get(DOCUMENTS), values.get(DOCUMENT));
    }

    static Remembering remembering(Values values) {
        return new Remembering(values.get(ANSWERS), values.get(ANSWERS_TTL), values.get(AGENT_VERSION));
    }

    static CacheConfig bind(Values values) {
        return new CacheConfig(values.get(MAX_BYTES), List.copyOf(values.get(WARM)));
    }
}
