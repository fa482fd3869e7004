package dev.daveloper.bootstrap.config;

import dev.daveloper.embedded.chat.agent.OpenAiConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the built-in agent answers. */
final class BuiltInAgentKeys {
    private static final String OPENAI = "https://api.openai.com/v1";

    static final Setting<URI> OPENAI_BASE_URL = Setting.of(
            "agent.openai.base-url",
            Kinds.URL,
            OPENAI,
            "Where a model answers chat completions as OpenAI's do; /chat/completions is appended.");
    static final Setting<String> OPENAI_API_KEY = Setting.secret(
            "agent.openai.api-key", "Key for that address; empty for one that needs none.");
    static final Setting<Optional<String>> OPENAI_MODEL = Setting.of(
            "agent.openai.model",
            Kinds.OPTIONAL_TEXT,
            "",
            "Name of the model that writes the answers. Empty: no model, answers are quoted from the documentation.");
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

    static final Group GROUP = new Group(
            "Built-in agent", List.of(OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL, GITHUB_BASE_URL, PACE));

    private BuiltInAgentKeys() {}

    static AgentChoice.BuiltIn bind(Values values) {
        URI gitHub = URI.create(withoutSlash(values.get(GITHUB_BASE_URL)));
        return new AgentChoice.BuiltIn(model(values), gitHub, values.get(PACE));
    }

    private static Optional<OpenAiConfig> model(Values values) {
        Optional<String> model = values.get(OPENAI_MODEL);
        boolean meant = !values.get(OPENAI_API_KEY).isEmpty()
                || !values.get(OPENAI_BASE_URL).toString().equals(OPENAI);
        if (model.isEmpty() && meant) {
            throw new IllegalArgumentException(
                    "agent.openai.model must be given with agent.openai.base-url or agent.openai.api-key.");
        }
        return model.map(name -> new OpenAiConfig(
                URI.create(withoutSlash(values.get(OPENAI_BASE_URL))), values.get(OPENAI_API_KEY), name));
    }

    private static String withoutSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
