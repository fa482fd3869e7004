package dev.daveloper.http.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

/** What is not as it is described is found. */
class ApiContractTest {
    private static final String SESSION = "ses_00000000000000000000000000";
    private static final String RUN = "run_00000000000000000000000000";
    private static final String PROBLEM =
            "{\"type\":\"/errors/CODE\",\"title\":\"t\",\"status\":404,\"detail\":\"d\"," + "\"code\":\"CODE\"}";
    private static final String HISTORY = "/agent/chat/history/" + SESSION;

    private record Exchange(HttpRequest request, int statusCode, HttpHeaders headers, String body)
            implements HttpResponse<String> {
        @Override
        public Optional<HttpResponse<String>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost" + path));
    }

    private static Exchange answered(HttpRequest.Builder request, int status, String type, String body) {
        Map<String, List<String>> headers = Map.of(
                "Content-Type",
                List.of(type),
                "X-Request-Id",
                List.of("r"),
                "X-Trace-Id",
                List.of("0".repeat(31) + "1"),
                "X-Run-Id",
                List.of(RUN));
        return new Exchange(request.build(), status, HttpHeaders.of(headers, (name, value) -> true), body);
    }

    private static void found(Exchange exchange, String flaw) {
        assertThatThrownBy(() -> ApiContract.check(exchange))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(flaw);
    }

    private static Exchange page(String path, String body) {
        return answered(to(path), 200, "application/json", body);
    }

    @Test
    void what_is_as_it_is_described_passes() {
        String page = "{\"items\":[],\"nextCursor\":null}";
        assertThatCode(() -> ApiContract.check(page("/v1" + HISTORY + "?limit=7", page)))
                .doesNotThrowAnyException();
        assertThatCode(() -> ApiContract.check(
                        answered(to(HISTORY), 404, "application/problem+json", PROBLEM.replace("CODE", "not_found"))))
                .doesNotThrowAnyException();
    }

    @Test
    void bodies_are_looked_at() {
        found(page(HISTORY, "{\"items\":[]}"), "nextCursor");
        found(page(HISTORY, "{\"items\":[],\"nextCursor\":null,\"more\":1}"), "more");
        found(page(HISTORY, "{\"items\":[{}],\"nextCursor\":null}"), "role");
        found(answered(to(HISTORY).DELETE(), 204, "text/plain", "gone"), "no body is described");
    }

    @Test
    void statuses_types_and_codes_are_looked_at() {
        found(answered(to(HISTORY), 203, "application/json", "{}"), "the status 203 is not described");
        found(answered(to("/nowhere"), 200, "application/json", "{}"), "no such operation is described");
        found(answered(to(HISTORY), 200, "text/plain", "{}"), "the media type 'text/plain' is not described");
        String teapot = PROBLEM.replace("CODE", "run_in_progress");
        found(answered(to(HISTORY), 404, "application/problem+json", teapot), "the code is not among those");
        found(answered(to(HISTORY), 418, "application/problem+json", teapot), "the code is not among those");
    }

    @Test
    void headers_are_looked_at() {
        HttpRequest.Builder chat = to("/agent/chat").header("Content-Type", "application/json");
        String run = "{\"runId\":\"" + RUN + "\",\"sessionId\":\"" + SESSION
                + "\",\"status\":\"running\",\"startedAt\":\"2026-01-02T03:04:05Z\",\"message\":null}";
        found(
                answered(chat.POST(BodyPublishers.ofString("{\"message\":\"x\"}")), 202, "application/json", run),
                "the header Location is missing");
    }

    @Test
    void requests_that_were_granted_are_looked_at() {
        String page = "{\"items\":[],\"nextCursor\":null}";
        found(page(HISTORY + "?limit=0", page), "limit");
        found(page(HISTORY + "?more=1", page), "the query parameter more is not described");
        HttpRequest.Builder test = to("/agent/tools/test");
        String result = "{\"ok\":true,\"output\":\"\"}";
        found(
                answered(test.POST(BodyPublishers.noBody()), 200, "application/json", result),
                "a body is described and none was sent");
        found(
                answered(
                        test.header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"nam\":1}")),
                        200,
                        "application/json",
                        result),
                "nam");
    }

    @Test
    void events_are_looked_at() {
        found(
                answered(
                        to("/agent/runs/" + RUN + "/events"),
                        200,
                        "text/event-stream",
                        "data: {\"type\":\"text.delta\",\"runId\":\"" + RUN + "\",\"cursor\":\"1-1\"}\n\n"),
                "text");
    }
}
