package dev.daveloper.embedded.chat.agent;

import dev.daveloper.application.documents.out.NoDocuments;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.embedded.documents.Lookup;
import dev.daveloper.embedded.documents.PassageIndex;
import java.util.List;

/**
 * What one answer may be made from: the documentation, and the documents that whoever asks may read.
 *
 * @param scopes whose documents these are, the nearest first
 */
record Sources(PassageIndex library, PassageSearch documents, List<Scope> scopes) {
    /** One look into all of it; into the documentation alone once documents could not be searched for this answer. */
    Lookup lookUp(Evidence evidence) {
        return Lookup.in(library, evidence.documentsMissed() ? NoDocuments.NONE : documents, scopes);
    }

    /** Whether people can hand documents over at all. */
    boolean takesDocuments() {
        return !documents.equals(NoDocuments.NONE);
    }
}
