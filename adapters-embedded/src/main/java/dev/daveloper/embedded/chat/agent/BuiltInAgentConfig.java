package dev.daveloper.embedded.chat.agent;

import dev.daveloper.embedded.documents.PassageIndex;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the built-in agent needs.
 *
 * @param index where it finds what it says; whoever opened it closes it, after the agent
 * @param openAi the model that writes the answers; without one they are passages, word for word
 * @param gitHubBaseUrl GitHub's REST API, without a slash at the end
 * @param clock tells the time to those who ask for it
 * @param pace how long a word takes when no model sets the pace, 0 to 1 second
 */
public record BuiltInAgentConfig(
        PassageIndex index, Optional<OpenAiConfig> openAi, URI gitHubBaseUrl, InstantSource clock, Duration pace) {
    public static final URI PUBLIC_GITHUB = URI.create("https://api.github.com");
    public static final Duration NATURAL_PACE = Duration.ofMillis(18);
    private static final Duration SLOWEST_PACE = Duration.ofSeconds(1);

    public BuiltInAgentConfig {
        if (pace.isNegative() || pace.compareTo(SLOWEST_PACE) > 0) {
            throw new IllegalArgumentException("pace must be from 0 to 1 second, not " + pace);
        }
    }

    /** An agent without a model, with everything else as usual. */
    public static BuiltInAgentConfig of(PassageIndex index) {
        return new BuiltInAgentConfig(index, Optional.empty(), PUBLIC_GITHUB, InstantSource.system(), NATURAL_PACE);
    }

    public BuiltInAgentConfig withOpenAi(OpenAiConfig model) {
        return new BuiltInAgentConfig(index, Optional.of(model), gitHubBaseUrl, clock, pace);
    }

    public BuiltInAgentConfig withGitHub(URI baseUrl) {
        return new BuiltInAgentConfig(index, openAi, baseUrl, clock, pace);
    }

    public BuiltInAgentConfig withClock(InstantSource source) {
        return new BuiltInAgentConfig(index, openAi, gitHubBaseUrl, source, pace);
    }

    public BuiltInAgentConfig withPace(Duration perWord) {
        return new BuiltInAgentConfig(index, openAi, gitHubBaseUrl, clock, perWord);
    }
}
