package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing comes of a webhook that leads to a gateway, its own or another: it would go round for ever otherwise. */
class OwnDeliveriesTest {
    private static final String KEY = "a key of some length";
    private static final String EVENT =
            "{\"type\":\"session.opened\",\"timestamp\":\"2026-03-01T12:00:00Z\",\"data\":{\"sessionId\":\"x\"}}";

    @TempDir
    private Path directory;

    private static String tokenOf(URI base) throws Exception {
        HttpRequest opening = HttpRequest.newBuilder(base.resolve("/sessions"))
                .POST(BodyPublishers.noBody())
                .build();
        String opened = Visitor.HTTP.send(opening, BodyHandlers.ofString()).body();
        return Visitor.JSON.readTree(opened).path("token").asText();
    }

    private static int deliver(URI base, String path, String bearer) throws Exception {
        HttpRequest delivery = HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json")
                .header("webhook-id", "msg_1")
                .POST(BodyPublishers.ofString(EVENT))
                .build();
        return Visitor.HTTP.send(delivery, BodyHandlers.discarding()).statusCode();
    }

    @Test
    void no_route_takes_one_whoever_it_speaks_for() throws Exception {
        List<String> paths = Surface.ROUTES.keySet().stream()
                .filter(route -> route.startsWith("POST "))
                .map(route -> route.substring("POST ".length()).replaceAll("\\{[^}]+}", "nothing"))
                .toList();
        assertThat(paths).hasSizeGreaterThan(8);
        try (RunningProgram program = RunningProgram.gateway(directory, "--data.dir=", "--admin.keys=" + KEY)) {
            String visitor = tokenOf(program.base());
            for (String path : paths) {
                for (String bearer : List.of(KEY, visitor)) {
                    assertThat(deliver(program.base(), path, bearer)).as(path).isBetween(400, 499);
                }
            }
        }
    }
}
