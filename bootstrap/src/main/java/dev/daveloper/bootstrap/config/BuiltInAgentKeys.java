package dev.daveloper.bootstrap.config;

import dev.daveloper.embedded.chat.agent.OpenAiConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the built-in agent answers. */
final class BuiltInAgentKeys {
    static final Setting<Optional<URI>> OPENAI_BASE_URL = Setting.of(
            "agent.openai.base-url",
            Kinds.OPTIONAL_URL,
            "",
            "Where a model answers chat completions as OpenAI's do, such as https://api.openai.com/v1. Empty: no model,"
                    + " answers are quoted from the documentation.");
    static final Setting<String> OPENAI_API_KEY =
            Setting.secret("agent.openai.api-key", "Key for that address; empty for one that needs none.");
    static final Setting<Optional<String>> OPENAI_MODEL = Setting.of(
            "agent.openai.model",
            Kinds.OPTIONAL_TEXT,
            "",
            "Name of the model that writes the answers, as that address knows it.");
    static final Setting<URI> GITHUB_BASE_URL = Setting.of(
            "agent.github.base-url",
            Kinds.URL,
            "https://api.github.com",
            "GitHub's REST API, which the tool github_repository asks.");
    static final Setting<Duration> PACE = Setting.of(
            "agent.pace",
            Kinds.duration(Duration.ZERO, Duration.ofSeconds(1)),
            "18ms",
            "Time between two words of an answer that no model writes; 0s sends it at once.");

    static final Group GROUP =
            new Group("Built-in agent", List.of(OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL, GITHUB_BASE_URL, PACE));

    private BuiltInAgentKeys() {}

    static AgentChoice.BuiltIn bind(Values values) {
        URI gitHub = URI.create(withoutSlash(values.get(GITHUB_BASE_URL)));
        return new AgentChoice.BuiltIn(model(values), gitHub, values.get(PACE));
    }

    private static Optional<OpenAiConfig> model(Values values) {
        Optional<URI> address = values.get(OPENAI_BASE_URL);
        Optional<String> model = values.get(OPENAI_MODEL);
        String key = values.get(OPENAI_API_KEY);
        if (address.isPresent() != model.isPresent() || (address.isEmpty() && !key.isEmpty())) {
            throw new IllegalArgumentException(
                    "agent.openai.base-url and agent.openai.model must be given together, with agent.openai.api-key or"
                            + " without.");
        }
        return address.flatMap(url -> model.map(name -> new OpenAiConfig(URI.create(withoutSlash(url)), key, name)));
    }

    private static String withoutSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
