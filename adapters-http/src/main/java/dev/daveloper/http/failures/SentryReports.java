package dev.daveloper.http.failures;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/**
 * Reports as Sentry's envelopes, each with one event (develop.sentry.dev, "Envelopes" and "Event Payloads", protocol
 * version 7).
 */
final class SentryReports implements ReportForm {
    private static final String OWN_PACKAGES = "dev.daveloper.";

    private final JsonMapper json = JsonMapper.builder().build();
    private final SentryDsn dsn;
    private final String version;

    SentryReports(SentryDsn dsn, String version) {
        this.dsn = dsn;
        this.version = version;
    }

    @Override
    public HttpRequest request(Report report) throws IOException {
        return HttpRequest.newBuilder(dsn.endpoint())
                .header("Content-Type", "application/x-sentry-envelope")
                .header(
                        "X-Sentry-Auth",
                        "Sentry sentry_version=7, sentry_client=" + SERVICE + "/1, sentry_key=" + dsn.key())
                .POST(BodyPublishers.ofByteArray(envelope(report)))
                .build();
    }

    /** Three lines: what the envelope is, what its item is, the item. */
    private byte[] envelope(Report report) throws IOException {
        byte[] event = json.writeValueAsBytes(event(report));
        ObjectNode item = json.createObjectNode()
                .put("type", "event")
                .put("content_type", "application/json")
                .put("length", event.length);
        ByteArrayOutputStream envelope = new ByteArrayOutputStream(event.length + 256);
        envelope.write(json.writeValueAsBytes(json.createObjectNode().put("event_id", report.id())));
        envelope.write('\n');
        envelope.write(json.writeValueAsBytes(item));
        envelope.write('\n');
        envelope.write(event);
        envelope.write('\n');
        return envelope.toByteArray();
    }

    private ObjectNode event(Report report) {
        ObjectNode event = json.createObjectNode()
                .put("event_id", report.id())
                .put("timestamp", report.failure().at().toString())
                .put("platform", "java")
                .put("level", "error")
                .put("logger", SERVICE)
                .put("release", SERVICE + "@" + version)
                .put("transaction", report.failure().where());
        ArrayNode values = event.putObject("exception").putArray("values");
        // Theirs begin with the cause of all.
        List<Throwable> chain = report.chain().reversed();
        chain.forEach(thrown -> describe(values.addObject(), thrown));
        ObjectNode tags = event.putObject("tags");
        report.failure().context().forEach(tags::put);
        tags.put("alike", Long.toString(report.alike()));
        return event;
    }

    private static void describe(ObjectNode exception, Throwable thrown) {
        Class<?> type = thrown.getClass();
        String module = type.getPackageName();
        String name = module.isEmpty() ? type.getName() : type.getName().substring(module.length() + 1);
        exception.put("type", name).put("module", module);
        ArrayNode frames = exception.putObject("stacktrace").putArray("frames");
        // Theirs end with the innermost one.
        for (StackTraceElement frame : Report.frames(thrown).reversed()) {
            frames.addObject()
                    .put("module", frame.getClassName())
                    .put("function", frame.getMethodName())
                    .put("filename", frame.getFileName())
                    .put("lineno", Math.max(0, frame.getLineNumber()))
                    .put("in_app", frame.getClassName().startsWith(OWN_PACKAGES));
        }
    }
}
