package dev.daveloper.http.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.requests.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The only documents that are done, where there is a list of them: those that the operator's own clients were built
 * with. The list is a JSON object, whose names are the documents' SHA-256 in lower-case hexadecimal and whose values
 * are their texts. Safe for use by many threads.
 */
final class TrustedDocuments {
    static final int MAX_BYTES = 16 * 1024 * 1024;
    static final int MAX_DOCUMENTS = 5_000;

    private final Map<DocumentHash, String> texts;

    private TrustedDocuments(Map<DocumentHash, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    /** @throws UnusableDocuments when it cannot be read, or one of them could not be done */
    static TrustedDocuments read(Path file, KnownDocuments documents) {
        ObjectNode manifest = parse(file);
        if (manifest.size() > MAX_DOCUMENTS) {
            throw new UnusableDocuments(
                    file + " has " + manifest.size() + " documents, of at most " + MAX_DOCUMENTS + " that it may have");
        }
        Map<DocumentHash, String> texts = new HashMap<>();
        int place = 0;
        for (Map.Entry<String, JsonNode> entry : manifest.properties()) {
            place++;
            Entry read = Entry.of(file, place, entry.getKey(), entry.getValue());
            read.requireValid(documents);
            texts.put(read.hash(), read.text());
        }
        return new TrustedDocuments(texts);
    }

    Optional<String> find(DocumentHash hash) {
        return Optional.ofNullable(texts.get(hash));
    }

    boolean has(DocumentHash hash) {
        return texts.containsKey(hash);
    }

    private static ObjectNode parse(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UnusableDocuments(file + " is longer than " + MAX_BYTES + " bytes");
            }
            return new JsonCodec(MAX_BYTES).readObject(bytes);
        } catch (Refusal e) {
            throw new UnusableDocuments(file + " is no JSON object of documents. " + sentence(e));
        } catch (IOException e) {
            throw new UnusableDocuments(
                    file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** What is wrong, without the full stop: more may stand behind it. */
    private static String sentence(Refusal refused) {
        String message = String.valueOf(refused.getMessage());
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    /** @param where for the operator */
    private record Entry(String where, DocumentHash hash, String text) {
        private static final int SHOWN_CHARS = 80;

        static Entry of(Path file, int place, String name, JsonNode text) {
            String where = file + ", entry " + place + " (" + shortened(name) + "), ";
            DocumentHash hash = DocumentHash.read(name)
                    .orElseThrow(() -> new UnusableDocuments(
                            where + "must be called by 64 lower-case hexadecimal digits, its document's SHA-256"));
            if (!text.isTextual()) {
                throw new UnusableDocuments(where + "must be the text of a document");
            }
            DocumentHash actual = DocumentHash.of(text.textValue());
            if (!actual.equals(hash)) {
                throw new UnusableDocuments(where + "has a document whose SHA-256 is " + actual);
            }
            return new Entry(where, hash, text.textValue());
        }

        void requireValid(KnownDocuments documents) {
            KnownDocuments.Judged judged = documents.look(text);
            if (!judged.isValid()) {
                throw new UnusableDocuments(where + "has a document that cannot be done: "
                        + judged.errors().getFirst().getMessage());
            }
        }

        private static String shortened(String name) {
            return name.length() > SHOWN_CHARS ? name.substring(0, SHOWN_CHARS) + "…" : name;
        }
    }
}
