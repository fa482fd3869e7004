package dev.daveloper.http.health;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.domain.health.Status;
import dev.daveloper.http.EventReader;
import dev.daveloper.http.EventReader.Event;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.HttpLimits;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.security.AdminKeys;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StatusRoutesTest {
    private static final String KEY = "adm_0123456789abcdef";

    private static TestGateway gateway() {
        return TestGateway.of(ScriptedAgent.saying("hello"), CoreSettings.DEFAULT, StatusRoutesTest::withKey);
    }

    private static HttpConfig withKey(HttpConfig config) {
        return config.withAdminKeys(new AdminKeys(Map.of("ops", AdminKeys.hashOf(KEY))));
    }

    private static HttpRequest.Builder with(TestGateway gateway, String key, String path) {
        return gateway.request(path).header("Authorization", "Bearer " + key);
    }

    private static EventReader watch(TestGateway gateway, HttpRequest.Builder request) throws Exception {
        return EventReader.open(gateway.client(), request);
    }

    @Test
    void anybody_sees_what_was_and_what_is_and_no_numbers() throws Exception {
        try (TestGateway gateway = TestGateway.withProbes(List.of(probe("agent", new AtomicReference<>(Status.PASS))));
                EventReader events = watch(gateway, gateway.request("/v1/status/events"))) {
            Event history = events.next();
            assertThat(history.type()).isEqualTo("status.history");
            assertThat(history.data().at("/components/0/changes/0/status").textValue())
                    .isEqualTo("pass");
            assertThat(history.data().has("series")).isFalse();
            Event snapshot = events.next();
            assertThat(snapshot.type()).isEqualTo("status.snapshot");
            assertThat(snapshot.data().get("status").textValue()).isEqualTo("pass");
            assertThat(snapshot.data().at("/components/0/component").textValue())
                    .isEqualTo("agent");
            assertThat(snapshot.data().at("/components/0/uptime").doubleValue()).isEqualTo(1);
            assertThat(snapshot.data().has("details")).isFalse();
            assertThat(json(gateway.get("/status/history")).has("series")).isFalse();
        }
    }

    @Test
    void administrators_see_what_was_refused_and_what_failed() throws Exception {
        try (TestGateway gateway = gateway();
                EventReader events = watch(gateway, with(gateway, KEY, "/status/events"))) {
            assertThat(events.next().data().has("series")).isTrue();
            events.next();
            gateway.get("/agent/tools");
            gateway.get("/nowhere");
            JsonNode details = events.next().data().get("details");
            assertThat(details.at("/errors/0/code").textValue()).isEqualTo("route_not_found");
            assertThat(details.at("/errors/0/traceId").textValue()).hasSize(32);
            assertThat(details.at("/streams").intValue()).isEqualTo(1);
            assertThat(details.at("/jvm/heapBytes").longValue()).isPositive();
            assertThat(details.at("/cache/namespaces/0/namespace").textValue()).isEqualTo("tools");
            JsonNode series =
                    json(gateway.send(with(gateway, KEY, "/status/history"))).get("series");
            assertThat(series.get("times")).isNotEmpty();
            assertThat(series.get("heapBytes")).hasSameSizeAs(series.get("times"));
        }
    }

    @Test
    void a_component_that_fails_is_seen_by_who_watches() throws Exception {
        AtomicReference<Status> agent = new AtomicReference<>(Status.PASS);
        try (TestGateway gateway = TestGateway.withProbes(List.of(probe("agent", agent)));
                EventReader events = watch(gateway, gateway.request("/status/events"))) {
            events.next();
            events.next();
            agent.set(Status.FAIL);
            JsonNode now = events.next().data();
            assertThat(now.get("status").textValue()).isEqualTo("warn");
            assertThat(now.at("/components/0/status").textValue()).isEqualTo("fail");
            assertThat(now.at("/components/0").has("output")).isFalse();
            assertThat(now.at("/components/0").has("latencyMs")).isFalse();
            assertThat(json(gateway.get("/status/history")).at("/components/0/changes"))
                    .hasSize(2);
        }
    }

    @Test
    void a_key_that_opens_nothing_and_a_query_are_refused() throws Exception {
        try (TestGateway gateway = gateway()) {
            for (String path : List.of("/status/events", "/v1/status/history")) {
                HttpResponse<String> refused = gateway.send(with(gateway, "adm_wrong", path));
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(json(refused).get("code").textValue()).isEqualTo("admin_required");
                HttpResponse<String> stray = gateway.get(path + "?admin=" + KEY);
                assertThat(stray.statusCode()).isEqualTo(400);
                assertThat(TestGateway.pointers(stray)).containsExactly("#/admin");
            }
            HttpResponse<String> unacceptable =
                    gateway.send(gateway.request("/status/events").header("Accept", "text/html"));
            assertThat(unacceptable.statusCode()).isEqualTo(406);
        }
    }

    @Test
    void as_many_watch_as_there_may_be_streams() throws Exception {
        HttpLimits usual = HttpConfig.on("127.0.0.1", 0).limits();
        HttpLimits one = new HttpLimits(
                usual.maxBodyBytes(),
                usual.maxMessageBytes(),
                usual.maxHeaderBytes(),
                usual.maxConnections(),
                usual.maxConcurrentRequests(),
                1,
                usual.maxSockets(),
                usual.maxSocketsPerSession(),
                usual.maxFollowsPerSocket(),
                usual.maxMistakesPerSocket(),
                usual.maxOutgoingFrames(),
                usual.sendBufferBytes());
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"), config -> config.withLimits(one));
                EventReader events = watch(gateway, gateway.request("/status/events"))) {
            assertThat(events.next().isEnd()).isFalse();
            assertThat(gateway.get("/status/events").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void the_stream_ends_when_the_node_stops() throws Exception {
        TestGateway gateway = gateway();
        try (EventReader events = watch(gateway, gateway.request("/status/events"))) {
            events.next();
            events.next();
            gateway.server().close();
            assertThat(events.rest()).hasSizeLessThanOrEqualTo(1);
        } finally {
            gateway.close();
        }
    }

    private static HealthProbe probe(String name, AtomicReference<Status> status) {
        return new HealthProbe() {
            @Override
            public String component() {
                return name;
            }

            @Override
            public boolean vital() {
                return false;
            }

            @Override
            public Finding check() {
                return status.get() == Status.PASS ? Finding.PASS : new Finding(status.get(), "away");
            }
        };
    }
}
