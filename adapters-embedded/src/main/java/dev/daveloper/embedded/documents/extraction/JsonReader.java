package dev.daveloper.embedded.documents.extraction;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleConsumer;

/** JSON, flattened: one entry {@code path: value} for each value, so that each makes sense alone. */
final class JsonReader {
    private static final int MAX_DEPTH = 200;

    private JsonReader() {}

    static void read(Path file, long size, MarkdownWriter writer, DoubleConsumer progress) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
        try (JsonParser json = factory.createParser(file.toFile())) {
            JsonToken token = json.nextToken();
            if (token == null) {
                throw Refusals.noText();
            }
            writer.openList(false);
            int depth = 0;
            do {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    write(json, writer);
                    progress.accept(
                            Math.min(1.0, (double) json.currentLocation().getByteOffset() / Math.max(1, size)));
                }
                token = json.nextToken();
            } while (token != null && depth > 0);
            if (token != null) {
                throw Refusals.unreadable("The file is no JSON: something follows its end.");
            }
            writer.closeList();
        } catch (StreamConstraintsException tooMuch) {
            throw Refusals.tooComplex("The file has nesting, names or numbers beyond what is read.");
        }
    }

    private static void write(JsonParser json, MarkdownWriter writer) throws IOException {
        String path = pathTo(json.getParsingContext());
        String value = MarkdownWriter.oneLine(json.getText());
        if (!value.isEmpty()) {
            writer.openItem();
            writer.paragraph(path.isEmpty() ? value : path + ": " + value);
            writer.closeItem();
        }
    }

    private static String pathTo(JsonStreamContext at) {
        Deque<String> steps = new ArrayDeque<>();
        for (JsonStreamContext step = at; step != null && !step.inRoot(); step = step.getParent()) {
            steps.addFirst(step.inArray() ? "[" + step.getCurrentIndex() + "]" : "." + step.getCurrentName());
        }
        String path = String.join("", steps);
        return path.startsWith(".") ? path.substring(1) : path;
    }
}
