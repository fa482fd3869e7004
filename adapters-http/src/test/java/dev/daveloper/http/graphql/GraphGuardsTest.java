package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.graphql.Questions.Place;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field that says whom it is for, asked for by everybody else. */
class GraphGuardsTest {
    private static final Questions QUESTIONS = Questions.ofGateway();
    /** Who calls, and how often. */
    private static final Set<String> RECEPTION =
            Set.of("RateLimits.ask", "RateLimits.countsSessions", "Sessions.recall", "Sessions.authenticate");

    private static final HeardPorts PORTS = new HeardPorts();

    private static TestGateway gateway;
    private static GraphClient stranger;
    private static GraphClient session;
    private static GraphClient admin;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"), GraphClient::withKey, PORTS::over);
        stranger = GraphClient.stranger(gateway);
        session = GraphClient.session(gateway);
        admin = GraphClient.admin(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    static Stream<Place> forAdministrators() {
        return QUESTIONS.all().filter(place -> place.has("admin"));
    }

    /** Subscriptions are asked for by other ways, and guarded there. */
    static Stream<Place> forSessions() {
        return QUESTIONS
                .all()
                .filter(place -> place.has("session") && !place.type().equals("Subscription"));
    }

    @ParameterizedTest
    @MethodSource("forAdministrators")
    void what_is_for_administrators_is_refused_to_everybody_else_and_nothing_happens(Place place) throws Exception {
        for (GraphClient caller : new GraphClient[] {stranger, session}) {
            assertRefused(caller, place, "admin_required");
        }
    }

    @ParameterizedTest
    @MethodSource("forSessions")
    void what_is_for_sessions_is_refused_to_strangers_and_nothing_happens(Place place) throws Exception {
        assertRefused(stranger, place, "session_required");
        assertRefused(admin, place, "session_required");
        assertRefused(stranger.with("ses_nobody"), place, "session_required");
    }

    @ParameterizedTest
    @MethodSource("forAdministrators")
    void administrators_come_by(Place place) throws Exception {
        assertThat(admin.ask(QUESTIONS.of(place)).toString()).doesNotContain("admin_required");
    }

    @Test
    void guards_stand_where_this_looks_for_them() {
        assertThat(Stream.concat(forAdministrators(), forSessions()))
                .hasSizeGreaterThan(20)
                .allMatch(place -> Questions.ROOTS.contains(place.type()));
    }

    private static void assertRefused(GraphClient caller, Place place, String code) throws Exception {
        String question = QUESTIONS.of(place);
        PORTS.forget();
        JsonNode answer = caller.ask(question);
        assertThat(answer.at("/errors/0/extensions/code").asText())
                .as(question + " " + answer)
                .isEqualTo(code);
        assertThat(answer.at("/errors/0/path/0").asText())
                .isEqualTo(place.field().getName());
        assertThat(answer.get("errors")).hasSize(1);
        assertThat(answer.at("/data/" + place.field().getName()).isContainerNode())
                .isFalse();
        assertThat(RECEPTION).containsAll(PORTS.calls());
    }
}
