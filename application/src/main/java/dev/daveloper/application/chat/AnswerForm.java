package dev.daveloper.application.chat;

import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.ToolResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An answer as bytes: a version, how many events, and each with its kind before it. What is damaged, or was written by
 * another version, counts as not there.
 */
final class AnswerForm {
    static final String MEDIA_TYPE = "application/vnd.daveloper.answer";

    private static final int VERSION = 1;
    private static final int TEXT = 1;
    private static final int REASONING = 2;
    private static final int TOOL_STARTED = 3;
    private static final int TOOL_FINISHED = 4;
    private static final int CITATION = 5;
    private static final int DOCUMENT = 1;
    private static final int URL = 2;

    /** {@link DataOutputStream#writeUTF} takes 65,535 bytes, and a character is three at most. */
    private static final int PART_CHARS = 20_000;

    private AnswerForm() {}

    /** @param events as an {@link AnswerRecord} has them, without usage */
    static Content write(List<AgentEvent> events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(events.size());
            for (AgentEvent event : events) {
                write(out, event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return Content.of(MEDIA_TYPE, bytes.toByteArray());
    }

    static Optional<List<AgentEvent>> read(Content content) {
        if (!content.mediaType().equals(MEDIA_TYPE) || !content.isIntact()) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content.bytes()))) {
            if (in.readByte() != VERSION) {
                return Optional.empty();
            }
            List<AgentEvent> events = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                events.add(readEvent(in));
            }
            return in.read() < 0 && !events.isEmpty() ? Optional.of(events) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static void write(DataOutputStream out, AgentEvent event) throws IOException {
        switch (event) {
            case AgentEvent.TextDelta delta -> {
                out.writeByte(TEXT);
                writeText(out, delta.text());
            }
            case AgentEvent.ReasoningDelta delta -> {
                out.writeByte(REASONING);
                writeText(out, delta.text());
            }
            case AgentEvent.ToolStarted started -> {
                out.writeByte(TOOL_STARTED);
                writeText(out, started.callId());
                writeText(out, started.name());
                writeText(out, started.arguments().text());
            }
            case AgentEvent.ToolFinished finished -> {
                out.writeByte(TOOL_FINISHED);
                writeText(out, finished.callId());
                out.writeBoolean(finished.result().ok());
                writeText(out, finished.result().output());
            }
            case AgentEvent.CitationAdded added -> {
                out.writeByte(CITATION);
                writeCitation(out, added.citation());
            }
            case AgentEvent.UsageReported reported ->
                throw new IllegalArgumentException("what was consumed is not kept");
        }
    }

    private static AgentEvent readEvent(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case TEXT -> new AgentEvent.TextDelta(readText(in));
            case REASONING -> new AgentEvent.ReasoningDelta(readText(in));
            case TOOL_STARTED -> new AgentEvent.ToolStarted(readText(in), readText(in), new Json(readText(in)));
            case TOOL_FINISHED ->
                new AgentEvent.ToolFinished(readText(in), new ToolResult(in.readBoolean(), readText(in)));
            case CITATION -> new AgentEvent.CitationAdded(readCitation(in));
            default -> throw new IOException("no kind of event: " + kind);
        };
    }

    private static void writeCitation(DataOutputStream out, Citation citation) throws IOException {
        out.writeInt(citation.index());
        switch (citation.source()) {
            case Citation.DocumentSource document -> {
                out.writeByte(DOCUMENT);
                writeText(out, document.documentId());
            }
            case Citation.UrlSource page -> {
                out.writeByte(URL);
                writeText(out, page.url());
            }
        }
        writeText(out, citation.title());
        writeText(out, citation.quote());
        out.writeBoolean(citation.position().isPresent());
        if (citation.position().isPresent()) {
            Citation.Position position = citation.position().get();
            out.writeInt(position.start());
            out.writeInt(position.end());
            out.writeBoolean(position.page().isPresent());
            out.writeInt(position.page().orElse(0));
        }
    }

    private static Citation readCitation(DataInputStream in) throws IOException {
        int index = in.readInt();
        boolean document = in.readByte() == DOCUMENT;
        String source = readText(in);
        return new Citation(
                index,
                document ? new Citation.DocumentSource(source) : new Citation.UrlSource(source),
                readText(in),
                readText(in),
                in.readBoolean() ? Optional.of(readPosition(in)) : Optional.empty());
    }

    private static Citation.Position readPosition(DataInputStream in) throws IOException {
        int start = in.readInt();
        int end = in.readInt();
        boolean hasPage = in.readBoolean();
        int page = in.readInt();
        return new Citation.Position(start, end, hasPage ? OptionalInt.of(page) : OptionalInt.empty());
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        out.writeInt(text.length());
        for (int from = 0; from < text.length(); from += PART_CHARS) {
            out.writeUTF(text.substring(from, Math.min(from + PART_CHARS, text.length())));
        }
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            String part = in.readUTF();
            if (part.isEmpty()) {
                throw new IOException("a text has an end before its end");
            }
            text.append(part);
        }
        if (text.length() != length) {
            throw new IOException("a text of " + length + " characters has " + text.length());
        }
        return text.toString();
    }
}
