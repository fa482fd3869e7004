package dev.daveloper.embedded.documents;

import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Documents of people in the real index, in memory, with a record of what it was asked. */
public final class OwnDocuments implements PassageSearch, AutoCloseable {
    private static final Ids IDS = new Ids(InstantSource.system(), new SecureRandom());

    private final DocumentIndex index = DocumentIndex.open(Optional.empty());
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** One search. */
    public record Asked(String question, List<Scope> scopes) {}

    /** Puts a document in, whose pages are separated by form feeds; without any it has no pages. */
    public DocumentId put(Scope scope, String name, String pages) {
        List<Integer> starts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (String page : pages.split("\f", -1)) {
            starts.add(text.length());
            text.append(page.strip()).append("\n\n");
        }
        DocumentId id = DocumentId.next(IDS);
        texts.put(id.value(), text.toString());
        ExtractedText extracted = new ExtractedText(text.toString(), starts.size() == 1 ? List.of() : starts);
        try {
            index.put(id, scope, name, index.split(name, extracted), progress -> {});
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return id;
    }

    /** The text of a document, as it was put in. */
    public String text(String documentId) {
        return texts.get(documentId);
    }

    public List<Asked> asked() {
        return asked;
    }

    @Override
    public List<FoundPassage> search(String question, List<Scope> scopes, int limit) {
        asked.add(new Asked(question, List.copyOf(scopes)));
        return index.search(question, scopes, limit);
    }

    @Override
    public void close() {
        index.close();
    }
}
