package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway tells of itself after somebody used it is what the page of metrics lists. */
class MetricsTest {
    /** Looked at by others too, which have the tools for it. */
    private static final Path SCRAPED = Path.of("target", "scrape.txt");

    private static final int MOST_SERIES = 1_500;

    @TempDir
    private static Path directory;

    private static RunningProgram program;
    private static Scrape scrape;

    @BeforeAll
    static void use() throws Exception {
        program = RunningProgram.gateway(
                directory, "--agent.pace=0s", "--rate-limits.policies=mine: 90 per 1h by session on chat");
        Visitor visitor = Visitor.at(program.base());
        assertThat(visitor.ask("How do I connect my own agent?").statusCode()).isEqualTo(200);
        visitor.watch("And then?").awaitEnd().close();
        visitor.get("/agent/tools");
        visitor.get("/v1/agent/tools");
        Scrape.get(program.base().resolve("/no/such/address"));
        askByGraph(visitor);
        sayOnSocket(visitor);
        await().atMost(RunningProgram.PATIENCE)
                .until(() -> Scrape.of(program)
                                .value("daveloper_http_requests_in_flight", Map.of())
                                .orElseThrow()
                        == 0);
        scrape = Scrape.of(program);
        Files.createDirectories(SCRAPED.getParent());
        Files.writeString(SCRAPED, scrape.text());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        try (RunningProgram ending = program) {
            ending.terminate();
            assertThat(ending.awaitExit()).isZero();
            assertThat(ending.log()).doesNotContain("\tat ");
        }
    }

    private static void askByGraph(Visitor visitor) throws Exception {
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Accept", "application/json");
        for (String query : List.of(
                "{ tools { name } }", "query my_own_name { run(id: \\\"run_x\\\") { id } }", "{ my_own_field }")) {
            HttpResponse<String> answer = visitor.send("POST", "/graphql", "{\"query\":\"" + query + "\"}", headers);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private static void sayOnSocket(Visitor visitor) throws Exception {
        try (ChatSocket socket = ChatSocket.open(visitor)) {
            socket.send("{\"type\":\"ping\"}");
            socket.awaitType("pong");
            socket.send("{\"type\":\"my.own.type\"}");
            socket.awaitType("error");
            assertThat(Scrape.of(program).value("daveloper_websockets_open", Map.of()))
                    .contains(1.0);
        }
        await().atMost(RunningProgram.PATIENCE).untilAsserted(() -> {
            Scrape after = Scrape.of(program);
            assertThat(after.value("daveloper_websockets_open", Map.of())).contains(0.0);
            assertThat(after.value(
                            "daveloper_websocket_messages_seconds_count", Map.of("type", "OTHER", "result", "refused")))
                    .contains(1.0);
        });
    }

    private static double value(String name, String... labels) {
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        return scrape.value(name, wanted).orElse(Double.NaN);
    }

    @Test
    void each_metric_is_on_the_page_and_each_that_it_lists_is_there() throws Exception {
        Map<String, String> told = scrape.types();
        List<MetricsPage.Row> rows = MetricsPage.rows();

        assertThat(rows)
                .extracting(MetricsPage.Row::name)
                .doesNotHaveDuplicates()
                .containsAll(told.keySet());
        assertThat(rows)
                .filteredOn(MetricsPage.Row::always)
                .extracting(MetricsPage.Row::name)
                .isSubsetOf(told.keySet());
        assertThat(rows).filteredOn(row -> told.containsKey(row.name())).allSatisfy(row -> {
            assertThat(told).as(row.name()).containsEntry(row.name(), row.type());
            assertThat(scrape.labels(row.name())).as(row.name()).isEqualTo(row.labels());
        });
    }

    @Test
    void names_say_whose_they_are_what_they_count_and_in_which_unit() throws Exception {
        assertThat(MetricsPage.rows()).allSatisfy(row -> {
            assertThat(row.name()).matches("(daveloper|jvm|process|system)_[a-z0-9_]+");
            assertThat(row.name().endsWith("_total"))
                    .as(row.name())
                    .isEqualTo(row.type().equals("counter"));
            if (row.unit().equals("seconds") || row.unit().equals("bytes")) {
                assertThat(row.name()).contains(row.unit());
            }
        });
    }

    @Test
    void there_are_not_more_series_than_somebody_would_pay_for() {
        assertThat(scrape.series()).isBetween(100L, (long) MOST_SERIES);
    }

    @Test
    void a_request_is_counted_under_the_route_and_not_under_the_address() {
        String requests = "daveloper_http_requests_seconds_count";
        assertThat(value(requests, "route", "/agent/chat", "method", "POST", "status", "2xx"))
                .isEqualTo(2);
        assertThat(value(requests, "route", "/agent/tools", "status", "2xx")).isEqualTo(2);
        assertThat(value(requests, "route", "/ws/chat", "status", "1xx")).isEqualTo(1);
        assertThat(value(requests, "route", "UNKNOWN", "status", "4xx")).isEqualTo(1);
        assertThat(scrape.text()).doesNotContain("such/address").doesNotContainPattern("\\b(ses|run)_[0-9a-z]{26}\\b");
    }

    @Test
    void what_is_said_on_websockets_is_counted_by_what_clients_may_say() {
        String messages = "daveloper_websocket_messages_seconds_count";
        assertThat(value(messages, "type", "hello", "result", "ok")).isEqualTo(1);
        assertThat(value(messages, "type", "ping", "result", "ok")).isEqualTo(1);
        assertThat(value(messages, "type", "OTHER", "result", "refused")).isEqualTo(1);
        assertThat(value(messages, "type", "chat.send", "result", "failed")).isZero();
        assertThat(scrape.text()).doesNotContain("my.own.type");
    }

    @Test
    void operations_of_graphql_are_counted_by_what_became_of_them_and_by_no_name_of_a_client() {
        String operations = "daveloper_graphql_operations_seconds_count";
        assertThat(value(operations, "kind", "query", "transport", "http", "result", "ok"))
                .isEqualTo(1);
        assertThat(value(operations, "kind", "query", "result", "partial")).isEqualTo(1);
        assertThat(value(operations, "kind", "unknown", "result", "refused")).isEqualTo(1);
        assertThat(value("daveloper_graphql_named_operations_seconds_count", "name", "OTHER", "result", "partial"))
                .isEqualTo(1);
        assertThat(value("daveloper_graphql_complexity_count")).isEqualTo(2);
        assertThat(value("daveloper_graphql_field_errors_total", "field", "Query.run", "code", "not_found"))
                .isEqualTo(1);
        assertThat(value("daveloper_graphql_documents_total", "result", "invalid"))
                .isEqualTo(1);
        assertThat(value("daveloper_graphql_subscriptions", "transport", "sse")).isZero();
        assertThat(value("daveloper_failures_total", "code", "query_invalid")).isEqualTo(1);
        assertThat(scrape.text()).doesNotContain("my_own");
    }

    @Test
    void what_happened_is_counted() {
        assertThat(value("daveloper_sessions_opened_total")).isEqualTo(1);
        assertThat(value("daveloper_runs_started_total")).isEqualTo(2);
        assertThat(value("daveloper_runs_ended_total", "outcome", "completed")).isEqualTo(2);
        assertThat(value("daveloper_runs_ended_total", "outcome", "failed")).isZero();
        assertThat(value("daveloper_tokens_total", "direction", "output")).isPositive();
        assertThat(value("daveloper_failures_total", "code", "route_not_found")).isEqualTo(1);
        assertThat(value("daveloper_cache_requests_total", "namespace", "tools", "result", "miss"))
                .isEqualTo(1);
        assertThat(value("daveloper_cache_requests_total", "namespace", "tools", "result", "hit"))
                .isEqualTo(1);
        assertThat(value("daveloper_rate_limits_requests_total", "policy", "mine", "result", "admitted"))
                .isEqualTo(2);
        assertThat(value("daveloper_cache_coherent")).isEqualTo(1);
        assertThat(value("daveloper_cache_invalidation_lag_seconds")).isNaN();
        assertThat(value("daveloper_viewers")).isZero();
        assertThat(value("daveloper_runs_active")).isZero();
    }

    @Test
    void the_newer_form_is_told_to_those_who_ask_for_it() throws Exception {
        HttpResponse<String> plain = Scrape.get(Scrape.management(program).resolve("/metrics"));
        HttpResponse<String> newer = Scrape.get(
                Scrape.management(program).resolve("/metrics"),
                "Accept",
                "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");

        assertThat(plain.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(newer.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(newer.body()).endsWith("# EOF\n");
    }

    @Test
    void health_is_told_there_too_and_nothing_else_is_there() throws Exception {
        for (String address : List.of("/health", "/health/live", "/health/ready")) {
            HttpResponse<String> told = Scrape.get(Scrape.management(program).resolve(address));
            assertThat(told.statusCode()).isEqualTo(200);
            assertThat(told.headers().firstValue("Content-Type")).contains("application/health+json");
            assertThat(told.body()).contains("\"status\":\"pass\"");
        }
        assertThat(Scrape.get(Scrape.management(program).resolve("/agent/tools"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(Scrape.get(program.base().resolve("/metrics")).statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(Scrape.management(program).resolve("/metrics"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(Visitor.HTTP.send(post, BodyHandlers.discarding()).statusCode())
                .isEqualTo(405);
    }
}
