package dev.daveloper.bootstrap.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.bootstrap.operator.CommandFailed;
import dev.daveloper.bootstrap.operator.GatewayClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/** Has the gateway make ahead what can be, and follows how far it is. */
final class WarmingUp {
    private final GatewayClient gateway;
    private final ProgressLine progress;

    WarmingUp(GatewayClient gateway, ProgressLine progress) {
        this.gateway = gateway;
        this.progress = progress;
    }

    /** How far the gateway is. */
    private record Warmed(int of, int made, int fresh, int failed) {
        static final Warmed NOTHING = new Warmed(-1, 0, 0, 0);

        static Warmed in(JsonNode line) {
            return new Warmed(
                    line.path("of").asInt(-1),
                    line.path("made").asInt(),
                    line.path("fresh").asInt(),
                    line.path("failed").asInt());
        }

        int done() {
            return made + fresh + failed;
        }

        @Override
        public String toString() {
            return made + " made, " + fresh + " fresh already, " + failed + " failed";
        }
    }

    /** @return what was done, as a sentence */
    String run(CacheTask.Warm task) throws CommandFailed, InterruptedException {
        GatewayClient.Sent sent =
                new GatewayClient.Sent(BodyPublishers.ofString(wanted(task.names())), "application/json");
        Warmed last = follow(gateway.post("/cache/warm", sent, "application/x-ndjson"));
        if (last.done() != last.of()) {
            throw new CommandFailed(gateway.lost() + " before it was warm: " + last + ".");
        }
        if (last.failed() > 0) {
            throw new CommandFailed(
                    "Not all of " + last.of() + " could be made: " + last + ". The gateway's log says why.");
        }
        return "Warmed in " + progress.took() + ": " + last + ".";
    }

    private static String wanted(List<String> names) {
        ObjectNode wanted = GatewayClient.JSON.createObjectNode();
        if (!names.isEmpty()) {
            names.forEach(wanted.putArray("names")::add);
        }
        return wanted.toString();
    }

    /** To the end of what it tells, however it ends. */
    private Warmed follow(InputStream answer) {
        Warmed last = Warmed.NOTHING;
        try (answer;
                MappingIterator<JsonNode> lines =
                        GatewayClient.JSON.readerFor(JsonNode.class).readValues(answer)) {
            while (lines.hasNextValue()) {
                last = Warmed.in(lines.nextValue());
                gateway.moved();
                progress.things("Warming", last.done(), last.of());
            }
        } catch (IOException e) {
            // What was told last shows whether anything is missing.
        }
        return last;
    }
}
