package dev.daveloper.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.security.TrustedProxies;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ForwardedRequestsTest {
    private static final TrustedProxies LOOPBACK = TrustedProxies.of(List.of("127.0.0.0/8"));

    private static Edge behindProxy;

    @BeforeAll
    static void start() {
        behindProxy = Edge.of(config -> config.withProxies(LOOPBACK));
    }

    @AfterAll
    static void stop() {
        behindProxy.close();
    }

    @Test
    void a_request_looks_as_its_client_sent_it() throws Exception {
        assertThat(who(
                        behindProxy,
                        headers(
                                "X-Forwarded-For: 203.0.113.9",
                                "X-Forwarded-Proto: https",
                                "X-Forwarded-Host: chat.example")))
                .endsWith("203.0.113.9 https true chat.example");
        assertThat(who(behindProxy, "Forwarded: for=\"[2001:db8::9]\";proto=https;host=\"chat.example:8443\"\r\n"))
                .endsWith("2001:db8:0:0:0:0:0:9 https true chat.example:8443");
        assertThat(who(behindProxy, "")).endsWith("127.0.0.1 http false gateway");
    }

    @Test
    void what_cannot_be_read_leaves_the_request_as_it_is() throws Exception {
        for (String odd : List.of(
                "X-Forwarded-For: \u00ff\u00fe\r\n",
                "X-Forwarded-Host: [\r\nX-Forwarded-Proto: gopher\r\nX-Forwarded-Port: x\r\n",
                "Forwarded: for=\"\r\n",
                "X-Forwarded-For:\r\nX-Forwarded-Proto:\r\nX-Forwarded-Host:\r\nX-Forwarded-Port:\r\nForwarded:\r\n")) {
            assertThat(who(behindProxy, odd))
                    .as(odd)
                    .startsWith("HTTP/1.1 200")
                    .endsWith("127.0.0.1 http false gateway");
        }
    }

    @Test
    void others_are_not_believed_which_is_told_once() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger log = (Logger) LoggerFactory.getLogger(ForwardedRequests.class);
        log.addAppender(logged);
        try (Edge edge = Edge.of(config -> config.withProxies(TrustedProxies.of(List.of("10.0.0.0/8"))))) {
            for (int i = 0; i < 3; i++) {
                String answer = who(
                        edge,
                        headers(
                                "X-Forwarded-For: 203.0.113.9",
                                "Forwarded: for=203.0.113.9;proto=https;host=evil.example",
                                "X-Request-Id: mine"));
                assertThat(answer)
                        .endsWith("127.0.0.1 http false gateway")
                        .doesNotContain("Strict-Transport-Security", "X-Request-Id: mine");
            }
        } finally {
            log.detachAppender(logged);
        }
        assertThat(logged.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .contains("http.trusted-proxies")
                        .doesNotContain("203.0.113.9"));
    }

    @Test
    void behind_tls_the_cookie_is_a_secure_one_and_the_own_page_may_act() throws Exception {
        try (TestGateway gateway =
                TestGateway.of(ScriptedAgent.saying("hello"), config -> config.withProxies(LOOPBACK))) {
            HttpResponse<String> opened = gateway.send(gateway.post("/sessions", "")
                    .header("X-Forwarded-Proto", "https")
                    .header("X-Forwarded-Host", "chat.example")
                    .header("Origin", "https://chat.example"));
            assertThat(opened.statusCode()).isEqualTo(201);
            assertThat(opened.headers().firstValue("Set-Cookie").orElseThrow())
                    .startsWith("__Host-daveloper_session=")
                    .contains("; Secure");
            assertThat(opened.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
            HttpResponse<String> foreign = gateway.send(gateway.post("/sessions", "")
                    .header("X-Forwarded-Proto", "https")
                    .header("X-Forwarded-Host", "chat.example")
                    .header("Origin", "http://chat.example"));
            assertThat(foreign.statusCode()).isEqualTo(403);
            HttpResponse<String> plain = gateway.send(gateway.post("/sessions", ""));
            assertThat(plain.headers().firstValue("Set-Cookie").orElseThrow()).doesNotContain("Secure", "__Host-");
            assertThat(plain.headers().firstValue("Strict-Transport-Security")).isEmpty();
        }
    }

    private static String headers(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private static String who(Edge edge, String headers) throws Exception {
        return RawConnection.exchange(
                edge.port(), "GET /who HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n" + headers + "\r\n");
    }
}
