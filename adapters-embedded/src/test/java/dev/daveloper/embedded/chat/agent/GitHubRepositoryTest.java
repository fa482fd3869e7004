package dev.daveloper.embedded.chat.agent;

import static dev.daveloper.application.testkit.AgentAnswers.PATIENCE;
import static dev.daveloper.application.testkit.AgentAnswers.allOf;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.nextOf;
import static dev.daveloper.application.testkit.AgentAnswers.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.embedded.documents.PassageIndex;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubRepositoryTest {
    private static final Json LUCENE = new Json("{\"repository\":\"apache/lucene\"}");
    private static final String FOUND = """
            {"full_name":"apache/lucene","description":"Search library","language":"Java","stargazers_count":3000,
             "forks_count":1200,"open_issues_count":5,"html_url":"https://github.com/apache/lucene","archived":true,
             "license":{"spdx_id":"Apache-2.0"},"owner":{"login":"apache"},"pushed_at":"2026-01-01T00:00:00Z"}
            """;

    private final StubServer server = new StubServer();
    private final PassageIndex index = PassageIndex.of(List.of());
    private final BuiltInAgent agent = BuiltInAgent.create(
            BuiltInAgentConfig.of(index).withPace(Duration.ZERO).withGitHub(server.url("/api")), Duration.ofSeconds(1));

    @AfterEach
    void close() {
        agent.close();
        index.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tell me about the GitHub repository apache/lucene",
                "what is https://github.com/apache/lucene ?",
                "apache/lucene repo"
            })
    void a_repository_is_looked_up_and_told_of(String question) throws Exception {
        server.then(200, FOUND);
        try (AgentStream stream = agent.answer(asking(question))) {
            assertThat(textOf(allOf(stream)))
                    .contains("**apache/lucene** — Search library", "Stars: 3000", "Licence: Apache-2.0", "archived");
        }
        assertThat(server.requests.getFirst().path()).isEqualTo("/api/repos/apache/lucene");
        assertThat(server.requests.getFirst().authorization()).isNull();
    }

    @Test
    void the_tool_gives_only_what_matters() {
        server.then(200, FOUND);
        ToolResult result = agent.testTool(GitHubRepository.NAME, LUCENE);
        assertThat(result.ok()).isTrue();
        assertThat(result.output()).contains("\"license\":\"Apache-2.0\"").doesNotContain("owner");
    }

    @ParameterizedTest
    @CsvSource({"404,no public repository", "403,limit", "429,limit", "500,status 500", "200,cannot be understood"})
    void what_goes_wrong_is_said_clearly(int status, String expected) {
        server.then(status, "{\"message\":\"internal words\"}");
        ToolResult result = agent.testTool(GitHubRepository.NAME, LUCENE);
        assertThat(result.ok()).isFalse();
        assertThat(result.output()).contains(expected).doesNotContain("internal words");
    }

    @Test
    void a_body_beyond_the_bound_is_not_read_on() {
        server.then(200, "{\"x\":\"" + "x".repeat(300 * 1024) + "\"}");
        assertThat(agent.testTool(GitHubRepository.NAME, LUCENE).output()).contains("too long");
    }

    @Test
    void a_silent_server_is_given_up() {
        server.thenHang();
        assertThat(agent.testTool(GitHubRepository.NAME, LUCENE))
                .isEqualTo(new ToolResult(false, "GitHub did not answer in time."));
    }

    @Test
    void a_server_that_is_silent_in_the_middle_is_given_up() {
        server.thenStreamOnAfter("{");
        assertThat(agent.testTool(GitHubRepository.NAME, LUCENE))
                .isEqualTo(new ToolResult(false, "GitHub did not answer in time."));
    }

    @Test
    void a_server_that_is_not_there_is_a_result_as_well() {
        server.close();
        assertThat(agent.testTool(GitHubRepository.NAME, LUCENE))
                .isEqualTo(new ToolResult(false, "GitHub cannot be reached at the moment."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lucene", "a/b/c", "../..", "a/..", "a b/c", "a/b?x=1", "-a/b"})
    void what_is_no_repository_is_not_asked_for(String name) {
        assertThat(agent.testTool(GitHubRepository.NAME, new Json("{\"repository\":\"" + name + "\"}"))
                        .ok())
                .isFalse();
        assertThat(server.requests).isEmpty();
    }

    @Test
    void closing_the_answer_ends_the_lookup() throws Exception {
        server.thenStreamOnAfter("{");
        AgentStream stream = agent.answer(asking("Tell me about the GitHub repository apache/lucene"));
        assertThat(nextOf(stream)).isInstanceOf(AgentEvent.ToolStarted.class);
        await().until(() -> !server.requests.isEmpty());
        stream.close();
        assertThat(nextOf(stream)).isEqualTo(AgentStep.Ended.ENDED);
        assertThat(server.clientGone.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }
}
