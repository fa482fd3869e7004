package dev.daveloper.embedded.documents;

import java.util.List;

/**
 * A passage that speaks of what was asked.
 *
 * @param score how well it fits compared with the others of the same search; higher is better
 * @param coverage how much of the question it covers, from 0 to 1, rare words counting more than common ones
 * @param excerpts what to quote from it, in the order of the text
 */
public record Match(Passage passage, float score, float coverage, List<Excerpt> excerpts) {
    public Match {
        excerpts = List.copyOf(excerpts);
    }
}
