package dev.daveloper.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Senders that look at the answer only when they have sent everything, as most do (RFC 9112, section 9.6). */
class UnreadBodiesTest {
    private static final int BLOCK = 64 * 1024;
    private static final int LENGTH = 8 << 20;

    private final TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"));

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/graphql, application/json, 413, body_too_large",
        "/agent/chat, application/json, 413, body_too_large",
        "/agent/chat, text/plain, 415, unsupported_media_type",
        "/nowhere, application/json, 404, not_found",
    })
    void is_answered_though_the_body_was_not_read(String path, String type, int status, String code) throws Exception {
        try (RawConnection sender = new RawConnection(gateway.port(), 0)) {
            sender.say(head(path, type, "Content-Length: " + LENGTH));
            for (int sent = 0; sent < LENGTH; sent += BLOCK) {
                sender.say(new byte[BLOCK]);
            }
            assertThat(sender.readUntil("}")).startsWith("HTTP/1.1 " + status).contains(code);
        }
    }

    @Test
    void the_connection_is_good_for_the_next_request() throws Exception {
        try (RawConnection sender = new RawConnection(gateway.port(), 0)) {
            sender.say(head("/agent/chat", "text/plain", "Content-Length: " + LENGTH));
            sender.say(new byte[LENGTH]);
            assertThat(sender.readUntil("}")).startsWith("HTTP/1.1 415");
            sender.say("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(sender.readAll()).contains("HTTP/1.1 200");
        }
    }

    @Test
    void one_that_never_ends_is_cut() throws Exception {
        try (RawConnection sender = new RawConnection(gateway.port(), 0)) {
            sender.say(head("/agent/chat", "text/plain", "Content-Length: " + Long.MAX_VALUE));
            assertThatThrownBy(() -> {
                        while (true) {
                            sender.say(new byte[BLOCK]);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void one_that_falls_silent_is_cut() throws Exception {
        try (RawConnection sender = new RawConnection(gateway.port(), 0)) {
            sender.say(head("/agent/chat", "text/plain", "Content-Length: " + LENGTH));
            sender.say(new byte[BLOCK]);
            assertThat(sender.readAll()).startsWith("HTTP/1.1 415");
        }
    }

    private static String head(String path, String type, String length) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\n" + length + "\r\n\r\n";
    }
}
