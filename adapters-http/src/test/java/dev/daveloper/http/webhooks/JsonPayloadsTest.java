package dev.daveloper.http.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.ErrorClass;
import dev.daveloper.domain.health.Status;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPayloadsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final ManualClock clock = new ManualClock();
    private final Conversations conversations = new Conversations(clock);
    private final Ids ids = new Ids(clock, new SecureRandom());
    private final Instant now = clock.instant();

    @ParameterizedTest
    @EnumSource
    void every_type_has_a_schema_that_its_example_fits(EventType type) {
        EventCatalogue.Entry entry = EventCatalogue.all().stream()
                .filter(each -> each.type() == type)
                .findFirst()
                .orElseThrow();
        assertThat(violations(type, entry.example().toString())).isEmpty();
        assertThat(entry.example().get("type").textValue()).isEqualTo(type.wireName());
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_fits_the_schema_of_its_ending(RunOutcome outcome) throws Exception {
        Run run = conversations.question("Why?").in(conversations.someSession()).run();
        AssistantMessage answer = ended(run, outcome, "Because.");
        EventType type = switch (outcome) {
            case COMPLETED -> EventType.RUN_COMPLETED;
            case CANCELLED -> EventType.RUN_CANCELLED;
            case INTERRUPTED, LIMITED, FAILED -> EventType.RUN_FAILED;
        };
        String body = new JsonPayloads(false).bodyOf(type, now, new GatewayEvent.RunEnded(run, answer, now));

        assertThat(violations(type, body)).isEmpty();
        JsonNode data = JSON.readTree(body).get("data");
        assertThat(data.get("outcome").textValue()).isEqualTo(outcome.wireName());
        assertThat(data.get("sessionId").textValue()).isEqualTo(run.sessionId().value());
        assertThat(data.get("runId").textValue()).isEqualTo(run.id().value());
        assertThat(data.has("text")).isFalse();
        assertThat(body).doesNotContain("Because").doesNotContain("Why?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"", "\u0001", "漢", "😀", "\uD83D"})
    void the_text_of_an_answer_goes_along_where_that_is_wanted_as_far_as_there_is_room(String character)
            throws Exception {
        Run run = conversations.question("Why?").in(conversations.someSession()).run();
        AssistantMessage answer = ended(run, RunOutcome.COMPLETED, character.repeat(100_000));
        String body = new JsonPayloads(true)
                .bodyOf(EventType.RUN_COMPLETED, now, new GatewayEvent.RunEnded(run, answer, now));

        assertThat(body.length()).isLessThanOrEqualTo(WebhookEvent.MAX_BODY_CHARS);
        assertThat(violations(EventType.RUN_COMPLETED, body)).isEmpty();
        JsonNode data = JSON.readTree(body).get("data");
        assertThat(data.get("textTruncated").booleanValue()).isTrue();
        assertThat(data.get("text").textValue()).hasSizeGreaterThan(2_000);
    }

    @Test
    void what_happens_to_sessions_documents_and_the_gateway_fits_its_schema() {
        DocumentId document = DocumentId.next(ids);
        Scope own = Scope.of(conversations.someSession());
        EndpointId endpoint = EndpointId.next(ids);
        ComponentHealth health = new ComponentHealth(
                "agent",
                true,
                Status.FAIL,
                "the host agent.internal:7000 refuses",
                "agent.internal:7000",
                now,
                now,
                Duration.ofMillis(3),
                Optional.of(new ComponentHealth.LastError(ErrorClass.REFUSED, now)));

        fits(EventType.SESSION_OPENED, new GatewayEvent.SessionOpened(conversations.someSession(), now));
        for (SessionEnd how : SessionEnd.values()) {
            fits(EventType.SESSION_ENDED, new GatewayEvent.SessionEnded(conversations.someSession(), how, now));
        }
        fits(EventType.DOCUMENT_DELETED, new GatewayEvent.DocumentDeleted(document, own, now));
        fits(EventType.DOCUMENT_DELETED, new GatewayEvent.DocumentDeleted(document, Scope.SHARED, now));
        fits(EventType.LIMIT_EXCEEDED, new GatewayEvent.LimitExceeded("chat", 4, now, now));
        assertThat(fits(EventType.HEALTH_CHANGED, new GatewayEvent.HealthChanged(health, Status.PASS, now)))
                .doesNotContain("agent.internal");
        fits(EventType.TEST, new GatewayEvent.EndpointTested(endpoint, now));
    }

    private String fits(EventType type, GatewayEvent event) {
        String body = new JsonPayloads(false).bodyOf(type, now, event);
        assertThat(violations(type, body)).as(body).isEmpty();
        return body;
    }

    private AssistantMessage ended(Run run, RunOutcome outcome, String text) {
        AssistantMessage rich = conversations.answer(run, text);
        return new AssistantMessage(
                rich.id(),
                rich.runId(),
                rich.at(),
                rich.text(),
                outcome,
                rich.citations(),
                rich.toolCalls(),
                rich.usage(),
                rich.error());
    }

    private static Set<ValidationMessage> violations(EventType type, String body) {
        String schema = EventCatalogue.all().stream()
                .filter(each -> each.type() == type)
                .findFirst()
                .orElseThrow()
                .schema()
                .toString();
        return SCHEMAS.getSchema(schema).validate(body, InputFormat.JSON);
    }

    @Test
    void the_document_of_the_api_describes_the_same_types() throws Exception {
        JsonNode api = new YAMLMapper().readTree(JsonPayloadsTest.class.getResourceAsStream("/api/openapi.yaml"));
        List<String> described =
                api.get("webhooks").properties().stream().map(Map.Entry::getKey).toList();
        assertThat(described)
                .containsExactlyElementsOf(EventCatalogue.all().stream()
                        .map(entry -> entry.type().wireName())
                        .toList());
        for (EventCatalogue.Entry entry : EventCatalogue.all()) {
            JsonNode body = api.at("/webhooks")
                    .get(entry.type().wireName())
                    .at("/post/requestBody/content")
                    .get("application/json");
            assertThat(body.at("/schema/properties/data/required"))
                    .isEqualTo(entry.schema().at("/properties/data/required"));
            assertThat(body.get("example")).isEqualTo(entry.example());
        }
    }
}
