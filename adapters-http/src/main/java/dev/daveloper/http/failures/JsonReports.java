package dev.daveloper.http.failures;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/**
 * Reports as one JSON object each, for a collector of one's own: {@code id}, {@code at}, {@code service},
 * {@code version}, {@code code}, {@code where}, {@code exceptions} from the outside in, each with its {@code class} and
 * its innermost {@code frames}, {@code context} with ids, and {@code alike}, how many of the same kind were held back
 * since the last one.
 */
final class JsonReports implements ReportForm {
    private final JsonMapper json = JsonMapper.builder().build();
    private final URI url;
    private final Optional<String> token;
    private final String version;

    JsonReports(URI url, Optional<String> token, String version) {
        this.url = url;
        this.token = token;
        this.version = version;
    }

    @Override
    public HttpRequest request(Report report) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body(report))));
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        return request.build();
    }

    private ObjectNode body(Report report) {
        ObjectNode body = json.createObjectNode()
                .put("id", report.id())
                .put("at", report.failure().at().toString())
                .put("service", SERVICE)
                .put("version", version)
                .put("code", report.failure().context().getOrDefault("code", "internal"))
                .put("where", report.failure().where());
        ArrayNode exceptions = body.putArray("exceptions");
        for (Throwable thrown : report.chain()) {
            ObjectNode exception =
                    exceptions.addObject().put("class", thrown.getClass().getName());
            ArrayNode frames = exception.putArray("frames");
            Report.frames(thrown).forEach(frame -> frames.add(frame.toString()));
        }
        ObjectNode context = body.putObject("context");
        report.failure().context().forEach(context::put);
        return body.put("alike", report.alike());
    }
}
