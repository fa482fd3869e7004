package dev.daveloper.embedded.documents;

import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import java.util.List;
import java.util.OptionalInt;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.VectorSimilarityFunction;

/** How a passage lies in the index of documents. */
final class PassageFields {
    /** Counts up whenever the fields change, for an index with other fields cannot be read. */
    static final int VERSION = 1;

    static final String DOCUMENT = "document";
    static final String SCOPE = "scope";
    static final String BODY = "body";
    static final String HEADING = "heading";
    static final String VECTOR = "vector";
    private static final String NAME = "name";
    private static final String ORDINAL = "ordinal";
    private static final String TITLE = "title";
    private static final String PAGE = "page";
    private static final String START = "start";
    private static final String TEXT = "text";

    private PassageFields() {}

    static Document write(DocumentId id, Scope scope, String name, IndexedPassage passage) {
        Document entry = new Document();
        entry.add(new StringField(DOCUMENT, id.value(), Field.Store.YES));
        entry.add(new StringField(SCOPE, keyOf(scope), Field.Store.NO));
        entry.add(new TextField(BODY, passage.text(), Field.Store.NO));
        entry.add(new TextField(BODY, passage.context(), Field.Store.NO));
        entry.add(new TextField(HEADING, name, Field.Store.NO));
        entry.add(new StoredField(NAME, name));
        for (String title : passage.headings()) {
            entry.add(new TextField(HEADING, title, Field.Store.NO));
            entry.add(new StoredField(TITLE, title));
        }
        entry.add(new StoredField(ORDINAL, passage.ordinal()));
        passage.page().ifPresent(page -> entry.add(new StoredField(PAGE, page)));
        entry.add(new StoredField(START, passage.start()));
        entry.add(new StoredField(TEXT, passage.text()));
        return entry;
    }

    /** @param vector of length 1; empty for a passage that is found by its words alone */
    static void addVector(Document entry, float[] vector) {
        if (vector.length > 0) {
            entry.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
        }
    }

    static FoundPassage read(Document entry, double score) {
        IndexableField page = entry.getField(PAGE);
        return new FoundPassage(
                new DocumentId(entry.get(DOCUMENT)),
                entry.get(NAME),
                number(entry, ORDINAL),
                List.of(entry.getValues(TITLE)),
                page == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(page.numericValue().intValue()),
                number(entry, START),
                entry.get(TEXT),
                score);
    }

    /** What stands for a scope in the index; no two scopes share it. */
    static String keyOf(Scope scope) {
        return switch (scope) {
            case Scope.Shared shared -> "shared";
            case Scope.OfSession own -> "session " + own.session().value();
        };
    }

    private static int number(Document entry, String field) {
        return entry.getField(field).numericValue().intValue();
    }
}
