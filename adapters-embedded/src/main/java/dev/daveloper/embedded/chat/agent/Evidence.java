package dev.daveloper.embedded.chat.agent;

import dev.daveloper.domain.chat.Citation;
import dev.daveloper.embedded.documents.Excerpt;
import dev.daveloper.embedded.documents.Match;
import dev.daveloper.embedded.documents.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The passages that one answer may cite, numbered from 1 as they were found. For one thread. */
final class Evidence {
    static final int MAX_PASSAGES = 60;

    private final List<Citation> citations = new ArrayList<>();

    /** The number of this part of a passage, which it keeps; empty when there are too many. */
    OptionalInt number(Passage passage, int start, int end) {
        String url = passage.urlOf(start, end);
        for (Citation known : citations) {
            if (known.source().equals(new Citation.UrlSource(url))) {
                return OptionalInt.of(known.index());
            }
        }
        if (citations.size() >= MAX_PASSAGES) {
            return OptionalInt.empty();
        }
        int index = citations.size() + 1;
        citations.add(new Citation(
                index,
                new Citation.UrlSource(url),
                passage.title(),
                passage.quote(start, end),
                Optional.of(new Citation.Position(start, end, OptionalInt.empty()))));
        return OptionalInt.of(index);
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
}
