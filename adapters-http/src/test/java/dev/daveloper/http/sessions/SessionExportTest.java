package dev.daveloper.http.sessions;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SessionExportTest {
    /** Each makes two messages, and a page has at most 200. */
    private static final int QUESTIONS = 101;

    @Test
    void all_that_a_session_owns_is_handed_over_and_nothing_else() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("<b>\"hello\"</b>"))) {
            TestGateway.Caller caller = gateway.newCaller();
            TestGateway.Caller stranger = gateway.newCaller();
            stranger.ask("a stranger's question");
            upload(gateway, stranger, "theirs.txt");
            for (int i = 0; i < QUESTIONS; i++) {
                caller.ask("question " + i);
            }
            upload(gateway, caller, "mine.txt");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> json(caller.get("/documents")).get("items").size() == 1);

            HttpResponse<String> export = caller.get("/sessions/current/export");

            assertThat(export.statusCode()).isEqualTo(200);
            assertThat(export.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(export.headers().firstValue("Content-Disposition"))
                    .hasValue("attachment; filename=\"daveloper-session.json\"");
            assertThat(export.headers().firstValue("Cache-Control")).hasValue("no-store");
            JsonNode all = json(export);
            assertThat(all.at("/session/sessionId").textValue()).isEqualTo(caller.sessionId());
            assertThat(all.at("/session/token").isMissingNode()).isTrue();
            assertThat(idsOf(all.get("messages"))).hasSize(2 * QUESTIONS);
            assertThat(all.at("/messages/0/text").textValue()).isEqualTo("question 0");
            assertThat(all.at("/messages/1/text").textValue()).isEqualTo("<b>\"hello\"</b>");
            assertThat(all.get("documents")).hasSize(1);
            assertThat(all.get("documents"))
                    .isEqualTo(json(caller.get("/documents")).get("items"));
            assertThat(export.body()).doesNotContain("stranger");
        }
    }

    @Test
    void an_empty_session_is_handed_over_too_and_no_session_is_not() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            JsonNode all = json(gateway.newCaller().get("/v1/sessions/current/export"));
            assertThat(all.get("messages")).isEmpty();
            assertThat(all.get("documents")).isEmpty();
            assertThat(gateway.get("/sessions/current/export").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void who_cannot_be_asked_is_told_of_by_a_problem() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            TestGateway.Caller caller = gateway.newCaller();
            gateway.documents().goAway();
            assertThat(caller.get("/sessions/current/export").statusCode()).isEqualTo(503);
        }
    }

    private static void upload(TestGateway gateway, TestGateway.Caller caller, String name) throws Exception {
        Uploads.handOver(gateway.documents(), Scope.of(new SessionId(caller.sessionId())), name, "Some text.");
    }

    private static Set<String> idsOf(JsonNode items) {
        Set<String> ids = new HashSet<>();
        items.forEach(item -> ids.add(item.get("id").textValue()));
        return ids;
    }
}
