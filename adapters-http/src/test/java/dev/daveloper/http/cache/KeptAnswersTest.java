package dev.daveloper.http.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.in.Tools;
import dev.daveloper.application.documents.in.Upload;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.OtherPorts;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests want and what responses say, by the sentences of RFC 9110, 9111 and 9211. */
class KeptAnswersTest {
    private static final String TOOLS = "/agent/tools";

    private static final AtomicInteger VERSION = new AtomicInteger(1);
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static final AtomicBoolean AWAY = new AtomicBoolean();
    private static final TestGateway SHARED =
            started(new Freshness(Duration.ofMinutes(1), Duration.ZERO, Duration.ofHours(1)));

    private TestGateway gateway = SHARED;

    private static TestGateway started(Freshness tools) {
        return TestGateway.of(
                ScriptedAgent.saying("hello"),
                config -> config.withKept(
                        new ResponsePolicies(tools, Freshness.of(Duration.ofMinutes(1)), Freshness.NONE)),
                KeptAnswersTest::counting);
    }

    private static HttpPorts counting(HttpPorts ports) {
        Tools tools = new Tools() {
            @Override
            public List<Tool> list() {
                ASKED.incrementAndGet();
                if (AWAY.get()) {
                    throw new AgentUnavailable(Duration.ofSeconds(1));
                }
                return List.of(new Tool("tool-" + VERSION.get(), "Does something.", Json.EMPTY_OBJECT));
            }

            @Override
            public ToolResult test(String name, Json arguments) {
                return new ToolResult(true, "");
            }
        };
        return OtherPorts.with(ports, tools);
    }

    @BeforeEach
    void begin() {
        VERSION.set(1);
        ASKED.set(0);
        AWAY.set(false);
        SHARED.core().cacheControl().forgetAll();
    }

    @AfterEach
    void stopOwn() {
        if (gateway != SHARED) {
            gateway.close();
        }
    }

    @AfterAll
    static void stop() {
        SHARED.close();
    }

    private HttpResponse<String> tools(String... headers) throws Exception {
        return headers.length == 0
                ? gateway.get(TOOLS)
                : gateway.send(gateway.request(TOOLS).headers(headers));
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void the_first_answer_is_made_and_the_next_is_kept() throws Exception {
        HttpResponse<String> first = tools();
        assertThat(header(first, "Cache-Status")).isEqualTo("daveloper; fwd=uri-miss; stored");
        assertThat(header(first, "Cache-Control")).isEqualTo("public, max-age=60, stale-if-error=3600");
        assertThat(first.headers().firstValue("Age")).isEmpty();

        HttpResponse<String> second = tools();
        assertThat(header(second, "Cache-Status")).matches("daveloper; hit; ttl=[56][0-9]");
        assertThat(header(second, "Age")).isEqualTo("0");
        assertThat(header(second, "ETag")).isEqualTo(header(first, "ETag")).matches("\"[0-9a-f]{32}\"");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(header(second, "Content-Type")).isEqualTo("application/json");
        assertThat(header(second, "X-Request-Id")).isNotEqualTo(header(first, "X-Request-Id"));
        assertThat(ASKED).hasValue(1);
    }

    /** TAG stands for the tag of what is here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-None-Match | TAG | 304",
                "If-None-Match | W/TAG | 304",
                "If-None-Match | \"other\" | 200",
                "If-None-Match | \"other\", TAG | 304",
                "If-None-Match | \"a,b\" , W/\"c\",TAG | 304",
                "If-None-Match | * | 304",
                "If-None-Match | nonsense | 200",
                "If-None-Match | \"\" | 200",
                "If-Match | TAG | 200",
                "If-Match | * | 200",
                "If-Match | W/TAG | 412",
                "If-Match | \"other\" | 412",
                "If-Match | \"other\", TAG | 200",
                "Cache-Control | no-cache | 200",
                "Cache-Control | only-if-cached | 200"
            })
    void what_a_client_holds_is_judged_by_its_tag(String name, String value, int status) throws Exception {
        String tag = header(tools(), "ETag");
        HttpResponse<String> response = tools(name, value.replace("TAG", tag));
        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 304) {
            assertThat(response.body()).isEmpty();
            assertThat(header(response, "ETag")).isEqualTo(tag);
            assertThat(header(response, "Cache-Control")).startsWith("public");
            assertThat(header(response, "Cache-Status")).startsWith("daveloper; hit");
        }
        if (status == 412) {
            assertThat(response.body()).contains("precondition_failed");
            assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(response.headers().firstValue("ETag")).isEmpty();
        }
    }

    @Test
    void another_version_has_another_tag() throws Exception {
        String before = header(tools(), "ETag");
        VERSION.set(2);
        HttpResponse<String> reloaded = tools("Cache-Control", "no-cache", "If-None-Match", before);
        assertThat(reloaded.statusCode()).isEqualTo(200);
        assertThat(header(reloaded, "ETag")).isNotEqualTo(before);
        assertThat(header(reloaded, "Cache-Status")).isEqualTo("daveloper; fwd=request; stored");
        assertThat(tools().body()).contains("tool-2");
        assertThat(ASKED).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-cache | fwd=request; stored",
                "no-store | hit",
                "max-age=0 | fwd=stale; stored",
                "max-age=3600 | hit",
                "max-age=\"3600\" | hit",
                "MAX-AGE=3600 | hit",
                "max-age=many | fwd=stale; stored",
                "max-age | fwd=stale; stored",
                "max-age=99999999999999999999 | fwd=stale; stored",
                "min-fresh=30 | hit",
                "min-fresh=70 | fwd=stale; stored",
                "max-stale | hit",
                "max-stale=10, foo=bar, , | hit",
                "only-if-cached | hit",
                "no-transform | hit"
            })
    void a_request_says_what_it_wants_of_caches(String directives, String how) throws Exception {
        tools();
        HttpResponse<String> response = tools("Cache-Control", directives);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Cache-Status")).startsWith("daveloper; " + how);
    }

    @Test
    void an_old_clients_pragma_is_understood_where_nothing_newer_is_said() throws Exception {
        tools();
        assertThat(header(tools("Pragma", "no-cache"), "Cache-Status")).contains("fwd=request");
        assertThat(header(tools("Pragma", "no-cache", "Cache-Control", "max-age=60"), "Cache-Status"))
                .contains("hit");
    }

    @Test
    void nothing_is_made_for_who_wants_only_what_is_kept() throws Exception {
        HttpResponse<String> nothing = tools("Cache-Control", "only-if-cached");
        assertThat(nothing.statusCode()).isEqualTo(504);
        assertThat(nothing.body()).contains("not_kept");
        assertThat(tools("Cache-Control", "no-store").statusCode()).isEqualTo(200);
        assertThat(tools("Cache-Control", "only-if-cached").statusCode()).isEqualTo(504);
        assertThat(ASKED).hasValue(1);
    }

    @Test
    void what_failed_is_not_kept_and_what_is_kept_stands_in_for_it() throws Exception {
        gateway = started(new Freshness(Duration.ofMillis(1), Duration.ZERO, Duration.ofHours(1)));
        AWAY.set(true);
        HttpResponse<String> failed = tools();
        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(header(failed, "Cache-Control")).isEqualTo("no-store");
        assertThat(failed.headers().firstValue("ETag")).isEmpty();
        AWAY.set(false);
        assertThat(tools().statusCode()).isEqualTo(200);
        AWAY.set(true);
        await().untilAsserted(() -> {
            HttpResponse<String> stale = tools();
            assertThat(stale.statusCode()).isEqualTo(200);
            assertThat(header(stale, "Cache-Status")).matches("daveloper; hit; ttl=-?[0-9]+; detail=stale-if-error");
        });
        assertThat(tools("Cache-Control", "no-cache").statusCode()).isEqualTo(503);
    }

    @Test
    void without_a_policy_nothing_is_kept_and_tags_work_all_the_same() throws Exception {
        gateway = started(Freshness.NONE);
        HttpResponse<String> first = tools();
        assertThat(header(first, "Cache-Status")).isEqualTo("daveloper; fwd=bypass");
        assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
        assertThat(tools("If-None-Match", header(first, "ETag")).statusCode()).isEqualTo(304);
        assertThat(ASKED).hasValue(2);
    }

    @Test
    void one_sessions_answers_are_its_own() throws Exception {
        TestGateway.Caller one = gateway.newCaller();
        TestGateway.Caller other = gateway.newCaller();
        bring(one, "mine.txt");
        await().until(() -> one.get("/documents").body().contains("mine.txt"));

        HttpResponse<String> hers = one.get("/documents");
        assertThat(header(hers, "Cache-Status")).contains("hit");
        assertThat(header(hers, "Cache-Control")).isEqualTo("private, no-cache");
        assertThat(hers.headers().allValues("Vary")).contains("Authorization, Cookie");
        HttpResponse<String> his = other.get("/documents");
        assertThat(his.body()).doesNotContain("mine.txt");
        assertThat(header(his, "Cache-Status")).contains("uri-miss");
        assertThat(header(one.get("/v1/documents"), "Cache-Status")).contains("hit");
        assertThat(header(one.get("/documents?limit=5"), "Cache-Status")).contains("uri-miss");
        assertThat(gateway.get("/documents").statusCode()).isEqualTo(401);
    }

    @Test
    void what_changes_a_sessions_documents_is_seen_at_once() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        assertThat(caller.get("/documents").body()).contains("\"items\":[]");
        bring(caller, "one.txt");
        await().until(() -> caller.get("/documents").body().contains("one.txt"));
        String id = TestGateway.json(caller.get("/documents")).at("/items/0/id").textValue();
        assertThat(caller.delete("/documents/" + id).statusCode()).isEqualTo(204);
        assertThat(caller.get("/documents").body()).contains("\"items\":[]");
    }

    @Test
    void whoever_hears_that_a_job_is_done_finds_its_document() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        caller.get("/documents");
        // Past the core, as another node would have it done.
        Scope scope = Scope.of(new SessionId(caller.sessionId()));
        String job = Uploads.handOver(gateway.documents(), scope, "elsewhere.txt", "some text")
                .job()
                .ticket()
                .id()
                .value();
        assertThat(header(caller.get("/documents"), "Cache-Status")).contains("hit");
        await().until(() -> caller.get("/documents/status/" + job).body().contains("completed"));
        assertThat(caller.get("/documents").body()).contains("elsewhere.txt");
    }

    private void bring(TestGateway.Caller caller, String name) throws Exception {
        Upload upload = new Upload(name, "text/plain", Uploads.bytes("some text"));
        gateway.core().documents().ingest(Scope.of(new SessionId(caller.sessionId())), upload);
    }
}
