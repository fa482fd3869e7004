package dev.daveloper.http.chat;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.chat.ChatSettings;
import dev.daveloper.application.chat.ChatSettings.Remembering;
import dev.daveloper.application.chat.ChatSettings.Remembering.Reach;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.documents.DocumentSettings;
import dev.daveloper.application.documents.in.Upload;
import dev.daveloper.application.ratelimits.in.Allowance;
import dev.daveloper.application.sessions.SessionSettings;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.EventReader;
import dev.daveloper.http.EventReader.Event;
import dev.daveloper.http.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that are given again, as callers see them. */
class RememberedAnswersTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String TEXT = "Hello w\u00f6rld \ud83d\ude00. ".repeat(40);

    private final ScriptedAgent agent = ScriptedAgent.following(
            request -> Script.say("Hello w\u00f6r", "ld \ud83d", TEXT.substring(TEXT.indexOf('\ude00')))
                    .then(new AgentEvent.UsageReported(new Usage(12, 34))));
    private final TestGateway gateway = TestGateway.of(
            agent,
            new CoreSettings(
                    ChatSettings.DEFAULT.with(new Remembering(Reach.EVERYBODY, Duration.ofHours(1), "")),
                    SessionSettings.DEFAULT,
                    DocumentSettings.DEFAULT,
                    Duration.ofSeconds(20)));

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void the_same_question_in_a_new_session_streams_the_same_text_marked_and_asks_the_agent_once() throws Exception {
        JsonNode made = finished(streamed(gateway.newCaller()));
        TestGateway.Caller second = gateway.newCaller();
        List<Event> events = streamed(second);
        JsonNode given = finished(events);

        assertThat(agent.streams()).hasSize(1);
        assertThat(EventReader.textOf(events)).isEqualTo(TEXT);
        assertThat(made.at("/message/text").textValue()).isEqualTo(TEXT);
        assertThat(made.at("/message").has("cached")).isFalse();
        assertThat(made.at("/usage/outputTokens").intValue()).isEqualTo(34);
        assertThat(given.at("/message/text").textValue()).isEqualTo(TEXT);
        assertThat(given.at("/message/cached").booleanValue()).isTrue();
        assertThat(given.has("usage")).isFalse();
        JsonNode history =
                json(second.get("/agent/chat/history/" + second.sessionId())).get("items");
        assertThat(history.at("/1/cached").booleanValue()).isTrue();
        assertThat(history.get(0).has("cached")).isFalse();
    }

    @Test
    void an_answer_that_is_given_again_costs_no_tokens() throws Exception {
        assertThat(settled()).isEqualTo(46);
        assertThat(settled()).isZero();
        assertThat(agent.streams()).hasSize(1);
    }

    @Test
    void a_shared_document_makes_it_worthless() throws Exception {
        streamed(gateway.newCaller());
        gateway.core().documents().ingest(Scope.SHARED, new Upload("news.txt", "text/plain", Uploads.bytes("News.")));
        await().atMost(SOON)
                .until(() -> gateway.heard().stream().anyMatch(GatewayEvent.DocumentIngested.class::isInstance));
        assertThat(finished(streamed(gateway.newCaller())).at("/message").has("cached"))
                .isFalse();
        assertThat(agent.streams()).hasSize(2);
    }

    private static List<Event> streamed(TestGateway.Caller caller) throws Exception {
        try (EventReader stream = caller.stream("How?")) {
            return stream.rest();
        }
    }

    private static JsonNode finished(List<Event> events) {
        assertThat(events.getLast().type()).isEqualTo("run.finished");
        return events.getLast().data();
    }

    private long settled() throws Exception {
        CompletableFuture<Long> settled = new CompletableFuture<>();
        SessionId session = gateway.core().sessions().open().session().id();
        Run run = gateway.core()
                .chat()
                .start(session, ChatRequest.of("How?"), new Noting(settled))
                .run();
        assertThat(gateway.core().chat().await(session, run.id(), SOON)).isPresent();
        return settled.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    /** Without bounds, but it is noted what was used. */
    private record Noting(CompletableFuture<Long> settled) implements Allowance {
        @Override
        public void begin(RunRef run) {}

        @Override
        public boolean covers(long tokens) {
            return true;
        }

        @Override
        public void settle(long tokens) {
            settled.complete(tokens);
        }

        @Override
        public void abandon() {}
    }
}
