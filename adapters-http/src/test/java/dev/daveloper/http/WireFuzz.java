package dev.daveloper.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;

/** Bytes that come over a real connection to a real server, which nothing may make fail. */
public abstract class WireFuzz extends FuzzContract {
    /** A new gateway after as many, so that what it remembers does not grow for as long as somebody likes to look. */
    private static final int TAKEN_BY_ONE = 5_000;

    private static final int MAX_READ_BYTES = 4 << 20;
    private static final int SILENCE_MILLIS = 500;

    private TestGateway gateway;
    private TestGateway.Caller caller;
    private Set<String> codes = Set.of();
    private Set<Integer> statuses = Set.of();
    private int taken;

    /** Begun with the first input, not before: Jazzer sees only the code that is loaded after it. */
    protected final TestGateway gateway() throws IOException, InterruptedException {
        if (gateway == null || ++taken % TAKEN_BY_ONE == 0) {
            close();
            gateway = TestGateway.of(ScriptedAgent.saying("hello"));
            caller = gateway.newCaller();
            JsonNode kinds = TestGateway.json(gateway.get("/errors")).path("items");
            codes = kinds.valueStream().map(kind -> kind.path("code").asText()).collect(Collectors.toSet());
            statuses =
                    kinds.valueStream().map(kind -> kind.path("status").asInt()).collect(Collectors.toSet());
            assertThat(codes).contains("invalid_request", "bad_request");
        }
        return gateway;
    }

    protected final TestGateway.Caller caller() {
        return caller;
    }

    @AfterAll
    final void close() {
        if (gateway != null) {
            gateway.close();
        }
    }

    /** What comes back, until it ends; a stream may say nothing for a while, but no answer stays away. */
    protected static byte[] answerOf(RawConnection connection) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            int read = connection.in().read(buffer);
            connection.waitNoLongerThan(SILENCE_MILLIS);
            while (read >= 0 && answer.size() < MAX_READ_BYTES) {
                answer.write(buffer, 0, read);
                read = connection.in().read(buffer);
            }
        } catch (SocketTimeoutException e) {
            assertThat(answer.size()).as("bytes of an answer").isPositive();
        } catch (SocketException e) {
            // It was cut with bytes of ours unread: what it said before may be lost with it.
        }
        return answer.toByteArray();
    }

    /** The first answer has a status that is used here, and what it refuses it calls by its name. */
    protected final void assertInCatalogue(byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.UTF_8);
        if (!text.isEmpty()) {
            assertThat(text).startsWith("HTTP/1.1 ");
            int status = Integer.parseInt(text.substring(9, 12));
            if (status >= 400) {
                assertThat(status).as(text).isNotEqualTo(500).isIn(statuses);
                assertNamed(text);
            }
        }
        assertThat(gateway.reported()).isEmpty();
    }

    private void assertNamed(String text) throws IOException {
        int end = text.indexOf("\r\n\r\n") + 4;
        String head = text.substring(0, end);
        String body = text.substring(end);
        // None comes after HEAD, but perhaps the answer to another request, as it may behind a body.
        boolean there = !body.isEmpty() && !body.startsWith("HTTP/1.1");
        // A long one comes in chunks, which need not be put together here.
        if (there && head.contains("application/problem+json") && head.contains("Content-Length")) {
            JsonNode problem = TestGateway.JSON.readTree(body);
            assertThat(problem.path("code").asText()).as(text).isIn(codes);
        }
    }
}
