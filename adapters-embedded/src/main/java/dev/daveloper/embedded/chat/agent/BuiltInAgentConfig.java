package dev.daveloper.embedded.chat.agent;

import dev.daveloper.application.documents.out.NoDocuments;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.embedded.documents.LateIndex;
import dev.daveloper.embedded.documents.Lookup;
import dev.daveloper.embedded.documents.PassageIndex;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the built-in agent needs.
 *
 * @param index the documentation to answer from; whoever opened it closes it, after the agent
 * @param documents finds passages of the documents that people hand over. It is asked on behalf of the session that
 *     asks, for its own documents and the shared ones, and given up after {@link Lookup#LONGEST_DOCUMENT_SEARCH}
 * @param openAi the model that writes the answers; without one they are passages, word for word
 * @param gitHubBaseUrl GitHub's REST API, without a slash at the end
 * @param clock tells the time to those who ask for it
 * @param pace how long a word takes when no model sets the pace, 0 to 1 second
 */
public record BuiltInAgentConfig(
        LateIndex index,
        PassageSearch documents,
        Optional<OpenAiConfig> openAi,
        URI gitHubBaseUrl,
        InstantSource clock,
        Duration pace) {
    public static final URI PUBLIC_GITHUB = URI.create("https://api.github.com");
    public static final Duration NATURAL_PACE = Duration.ofMillis(18);
    private static final Duration SLOWEST_PACE = Duration.ofSeconds(1);

    public BuiltInAgentConfig {
        if (pace.isNegative() || pace.compareTo(SLOWEST_PACE) > 0) {
            throw new IllegalArgumentException("pace must be from 0 to 1 second, not " + pace);
        }
    }

    /** An agent without a model and without documents of people, with everything else as usual. */
    public static BuiltInAgentConfig of(PassageIndex index) {
        return new BuiltInAgentConfig(
                LateIndex.ready(index),
                NoDocuments.NONE,
                Optional.empty(),
                PUBLIC_GITHUB,
                InstantSource.system(),
                NATURAL_PACE);
    }

    public BuiltInAgentConfig withDocuments(PassageSearch search) {
        return new BuiltInAgentConfig(index, search, openAi, gitHubBaseUrl, clock, pace);
    }

    public BuiltInAgentConfig withOpenAi(OpenAiConfig model) {
        return new BuiltInAgentConfig(index, documents, Optional.of(model), gitHubBaseUrl, clock, pace);
    }

    public BuiltInAgentConfig withGitHub(URI baseUrl) {
        return new BuiltInAgentConfig(index, documents, openAi, baseUrl, clock, pace);
    }

    public BuiltInAgentConfig withClock(InstantSource source) {
        return new BuiltInAgentConfig(index, documents, openAi, gitHubBaseUrl, source, pace);
    }

    public BuiltInAgentConfig withPace(Duration perWord) {
        return new BuiltInAgentConfig(index, documents, openAi, gitHubBaseUrl, clock, perWord);
    }
}
