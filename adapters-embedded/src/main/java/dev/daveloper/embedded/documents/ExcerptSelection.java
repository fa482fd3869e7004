package dev.daveloper.embedded.documents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Chooses the sentences of a passage that answer a question, and the code and lists that belong to them. */
final class ExcerptSelection {
    /** A unit is quoted when it answers at least this part of what the passage's best unit answers. */
    private static final float NEAR_BEST = 0.6f;

    /** What a unit gains when the section's heading speaks of the question: the section's first words explain it. */
    private static final float UNDER_HEADING = 0.5f;

    /** A paragraph up to this length is quoted whole: its sentences lean on each other. */
    private static final int WHOLE_PARAGRAPH_CHARS = 360;

    private static final int MAX_UNITS = 3;
    private static final int MAX_FOLLOWERS = 8;
    private static final int FEW_WORDS = 4;

    private final Relevance relevance;
    private final Passage passage;
    private final List<Unit> units;
    private final float[] scores;

    private ExcerptSelection(Relevance relevance, Passage passage) {
        this.relevance = relevance;
        this.passage = passage;
        this.units = passage.units();
        this.scores = new float[units.size()];
    }

    static List<Excerpt> of(Relevance relevance, Passage passage) {
        ExcerptSelection selection = new ExcerptSelection(relevance, passage);
        selection.score();
        return selection.excerpts(selection.chosen());
    }

    private void score() {
        Set<String> heading = relevance.termsOf(String.join(" ", passage.headings()));
        float headingCoverage = relevance.coverageOf(heading);
        for (int i = 0; i < scores.length; i++) {
            Unit unit = units.get(i);
            Set<String> own = relevance.termsOf(unit.searchText());
            Set<String> withHeading = new HashSet<>(own);
            withHeading.addAll(heading);
            float ownCoverage = relevance.coverageOf(own);
            float gained = relevance.coverageOf(withHeading) - headingCoverage;
            float early = UNDER_HEADING * headingCoverage / (1 + i);
            scores[i] = ownCoverage + gained * UNDER_HEADING + early;
            if (own.size() < FEW_WORDS || unit.kind() == Unit.Kind.CODE) {
                scores[i] *= 0.5f;
            }
        }
    }

    private boolean[] chosen() {
        boolean[] chosen = new boolean[scores.length];
        float best = 0;
        for (float score : scores) {
            best = Math.max(best, score);
        }
        for (int picked = 0; picked < MAX_UNITS; picked++) {
            int next = bestOpen(chosen);
            if (next < 0 || scores[next] < best * NEAR_BEST || scores[next] <= 0) {
                break;
            }
            chosen[next] = true;
        }
        completeParagraphs(chosen);
        bringAlong(chosen);
        return chosen;
    }

    private void completeParagraphs(boolean[] chosen) {
        for (int first = 0, next; first < scores.length; first = next) {
            boolean any = false;
            for (next = first;
                    next < scores.length
                            && units.get(next).block() == units.get(first).block();
                    next++) {
                any |= chosen[next];
            }
            int chars = units.get(next - 1).end() - units.get(first).start();
            if (any && units.get(first).kind() == Unit.Kind.SENTENCE && chars <= WHOLE_PARAGRAPH_CHARS) {
                Arrays.fill(chosen, first, next, true);
            }
        }
    }

    private int bestOpen(boolean[] chosen) {
        int best = -1;
        for (int i = 0; i < scores.length; i++) {
            if (!chosen[i] && (best < 0 || scores[i] > scores[best])) {
                best = i;
            }
        }
        return best;
    }

    /** Code belongs to the sentence before it, a list to the sentence that introduces it, and the other way round. */
    private void bringAlong(boolean[] chosen) {
        for (int i = 0; i < scores.length; i++) {
            boolean codeFollows = i + 1 < scores.length && units.get(i + 1).kind() == Unit.Kind.CODE;
            if (chosen[i] && units.get(i).introduces()) {
                bringFollowers(chosen, i);
            } else if (chosen[i] && codeFollows && units.get(i).kind() != Unit.Kind.CODE) {
                chosen[i + 1] = true;
            } else if (!chosen[i]
                    && codeFollows
                    && chosen[i + 1]
                    && units.get(i).introduces()) {
                chosen[i] = true;
            }
        }
    }

    private void bringFollowers(boolean[] chosen, int introduction) {
        int last = Math.min(scores.length - 1, introduction + MAX_FOLLOWERS);
        Unit.Kind kind = introduction < last ? units.get(introduction + 1).kind() : Unit.Kind.SENTENCE;
        for (int i = introduction + 1; i <= last && kind != Unit.Kind.SENTENCE; i++) {
            if (units.get(i).kind() != kind || (kind == Unit.Kind.CODE && i > introduction + 1)) {
                break;
            }
            chosen[i] = true;
        }
    }

    private List<Excerpt> excerpts(boolean[] chosen) {
        List<Excerpt> excerpts = new ArrayList<>();
        List<Unit> open = new ArrayList<>();
        float score = 0;
        for (int i = 0; i < scores.length; i++) {
            boolean joins = chosen[i]
                    && !open.isEmpty()
                    && open.getLast().block() == units.get(i).block();
            if (!joins && !open.isEmpty()) {
                excerpts.add(new Excerpt(score, open));
                open = new ArrayList<>();
                score = 0;
            }
            if (chosen[i]) {
                open.add(units.get(i));
                score = Math.max(score, scores[i]);
            }
        }
        if (!open.isEmpty()) {
            excerpts.add(new Excerpt(score, open));
        }
        return excerpts;
    }
}
