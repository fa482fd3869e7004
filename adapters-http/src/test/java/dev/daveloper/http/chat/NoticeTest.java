package dev.daveloper.http.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.FollowStep.Notice;
import dev.daveloper.http.EventReader;
import dev.daveloper.http.EventReader.Event;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What viewers are told beside the log reaches them, and leaves their place in the log where it is. */
class NoticeTest {
    private final CountDownLatch gate = new CountDownLatch(1);
    private TestGateway gateway;
    private TestGateway.Caller caller;

    /** Says "one ", and "two" once the gate is open, each behind a notice. */
    @BeforeEach
    void start() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(
                request -> Script.say("one ").thenWaitFor(gate).thenSay("two"));
        gateway = TestGateway.withPorts(agent, NoticingChat::at);
        caller = gateway.newCaller();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static void assertSays(JsonNode data, String run, Notice notice) {
        assertThat(data.get("type").textValue()).isEqualTo("notice");
        assertThat(data.get("runId").textValue()).isEqualTo(run);
        assertThat(data.get("code").textValue()).isEqualTo(notice.wireName());
        assertThat(data.get("text").textValue()).isEqualTo(notice.text());
        assertThat(data.has("cursor")).isFalse();
    }

    @Test
    void a_stream_has_it_between_two_events_without_an_id() throws Exception {
        try (EventReader stream = caller.stream("hi")) {
            String run = stream.header("X-Run-Id");
            assertThat(stream.next().id()).isEqualTo("1-1");
            Event away = stream.next();
            assertThat(away.type()).isEqualTo("notice");
            assertThat(away.id()).isEmpty();
            assertSays(away.data(), run, Notice.STORE_UNAVAILABLE);
            assertThat(stream.next().id()).isEqualTo("1-2");
            gate.countDown();
            Event back = stream.next();
            assertThat(back.id()).isEmpty();
            assertSays(back.data(), run, Notice.STORE_AVAILABLE);
            List<Event> rest = stream.rest();
            assertThat(rest).extracting(Event::id).containsExactly("1-3", "1-4");
            assertThat(EventReader.textOf(rest)).isEqualTo("two");
        }
    }

    @Test
    void one_that_is_the_first_thing_said_to_a_viewer_who_comes_back_is_not_lost() throws Exception {
        gate.countDown();
        HttpResponse<String> whole = caller.ask("hi");
        String run = whole.headers().firstValue("X-Run-Id").orElseThrow();
        try (EventReader stream = caller.follow(run, "1-1")) {
            List<Event> events = stream.rest();
            assertSays(events.getFirst().data(), run, Notice.STORE_UNAVAILABLE);
            assertThat(EventReader.textOf(events)).isEqualTo("one two");
            assertThat(events.getLast().type()).isEqualTo("run.finished");
        }
    }

    @Test
    void a_socket_is_told_in_the_same_words() throws Exception {
        try (SocketClient client = SocketClient.ready(gateway, caller)) {
            client.say("{\"type\":\"chat.send\",\"id\":\"1\",\"message\":\"hi\"}");
            String run = client.next("chat.accepted").get("runId").textValue();
            client.next("run.started");
            assertSays(client.next(), run, Notice.STORE_UNAVAILABLE);
            JsonNode one = client.next();
            assertThat(one.get("cursor").textValue()).isEqualTo("1-2");
            gate.countDown();
            assertSays(client.next(), run, Notice.STORE_AVAILABLE);
            assertThat(client.next().get("cursor").textValue()).isEqualTo("1-3");
            assertThat(client.next().get("type").textValue()).isEqualTo("run.finished");
        }
    }

    @Test
    void who_waits_for_the_whole_answer_gets_it_and_nothing_else() throws Exception {
        gate.countDown();
        HttpResponse<String> answer = caller.ask("hi");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TestGateway.json(answer).at("/message/text").textValue()).isEqualTo("one two");
        assertThat(answer.body()).doesNotContain("notice", "store_");
    }
}
