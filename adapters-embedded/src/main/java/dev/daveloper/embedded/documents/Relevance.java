package dev.daveloper.embedded.documents;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How much of a question a text covers, where a rare word counts more than a common one. Belongs to one search.
 *
 * @param question what was asked
 * @param rarity of every concept's term, by the concept's whole term; higher is rarer
 * @param words makes a text's terms, as the question's were made
 */
record Relevance(Question question, Map<String, Float> rarity, Function<String, Set<String>> words) {
    /** Something that knows in how many of how many passages a term occurs. */
    interface Frequencies {
        int passages();

        int with(String term);

        /** Of these passages and others. */
        default Frequencies and(Frequencies others) {
            Frequencies these = this;
            return new Frequencies() {
                @Override
                public int passages() {
                    return these.passages() + others.passages();
                }

                @Override
                public int with(String term) {
                    return these.with(term) + others.with(term);
                }
            };
        }
    }

    static Relevance of(Question question, Frequencies frequencies, Function<String, Set<String>> words) {
        Map<String, Float> rarity = new HashMap<>();
        for (Question.Concept concept : question.concepts()) {
            int passages = frequencies.with(concept.whole());
            for (String part : concept.parts()) {
                passages = passages == 0 ? frequencies.with(part) : passages;
            }
            for (String synonym : concept.synonyms()) {
                passages = passages == 0 ? frequencies.with(synonym) : passages;
            }
            // A word that no document has is the rarest of all: whoever asks for it is asking about something else.
            rarity.put(concept.whole(), rarityOf(passages, frequencies.passages()));
        }
        return new Relevance(question, rarity, words);
    }

    Set<String> termsOf(String text) {
        return words.apply(text);
    }

    float weightOf(Question.Concept concept) {
        return rarity.getOrDefault(concept.whole(), 0f) * concept.weight();
    }

    /** From 0, none of the question, to 1, all of it. */
    float coverageOf(Set<String> terms) {
        float covered = 0;
        float all = 0;
        for (Question.Concept concept : question.concepts()) {
            covered += weightOf(concept) * concept.matchIn(terms);
            all += weightOf(concept);
        }
        return all == 0 ? 0 : covered / all;
    }

    private static float rarityOf(int with, int of) {
        return (float) Math.log(1 + (of - with + 0.5) / (with + 0.5));
    }
}
