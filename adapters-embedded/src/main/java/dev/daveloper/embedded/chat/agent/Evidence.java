package dev.daveloper.embedded.chat.agent;

import dev.daveloper.domain.chat.Citation;
import dev.daveloper.embedded.documents.Excerpt;
import dev.daveloper.embedded.documents.Match;
import dev.daveloper.embedded.documents.Origin;
import dev.daveloper.embedded.documents.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What one answer rests on: passages that it may cite, numbered from 1 as they were found. For one thread. */
final class Evidence {
    static final int MAX_PASSAGES = 60;

    private final List<Citation> citations = new ArrayList<>();
    private boolean documentsMissed;

    /** The number of this part of a passage, which it keeps; empty when there are too many. */
    OptionalInt number(Passage passage, int start, int end) {
        Citation cited = citation(citations.size() + 1, passage, start, end);
        for (Citation known : citations) {
            if (known.source().equals(cited.source()) && known.position().equals(cited.position())) {
                return OptionalInt.of(known.index());
            }
        }
        if (citations.size() >= MAX_PASSAGES) {
            return OptionalInt.empty();
        }
        citations.add(cited);
        return OptionalInt.of(cited.index());
    }

    private static Citation citation(int index, Passage passage, int start, int end) {
        Citation.Source source;
        OptionalInt page;
        switch (passage.origin()) {
            case Origin.Library library -> {
                source = new Citation.UrlSource(library.urlOf(start, end));
                page = OptionalInt.empty();
            }
            case Origin.HandedOver document -> {
                source = new Citation.DocumentSource(passage.documentId());
                page = document.page();
            }
        }
        Citation.Position position = new Citation.Position(start, end, page);
        String quote = passage.origin().readable(passage.quote(start, end));
        return new Citation(index, source, passage.title(), quote, Optional.of(position));
    }

    /** The number of what a search would quote of a passage. */
    OptionalInt number(Match match) {
        List<Excerpt> excerpts = match.excerpts();
        Passage passage = match.passage();
        return excerpts.isEmpty()
                ? number(passage, passage.start(), passage.end())
                : number(
                        passage, excerpts.getFirst().start(), excerpts.getLast().end());
    }

    Optional<Citation> citation(int number) {
        return number >= 1 && number <= citations.size() ? Optional.of(citations.get(number - 1)) : Optional.empty();
    }

    /** Notes that documents should have been searched for the answer and could not be. */
    void missDocuments() {
        documentsMissed = true;
    }

    boolean documentsMissed() {
        return documentsMissed;
    }
}
