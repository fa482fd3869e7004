package dev.daveloper.embedded.documents;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a question asks about: its words less those that every question has.
 *
 * @param concepts in the order of the question, each once
 */
record Question(List<Concept> concepts) {
    /** More words than this add nothing but work. */
    static final int MAX_CONCEPTS = 24;

    /** What a word of the conversation before counts, compared with one of the question itself. */
    private static final float CONTEXT_WEIGHT = 0.5f;

    private static final Set<String> STOP_WORDS = Set.of("""
            a about actually after again all also am an and another any anybody anyone anything are as at
            be because been before being best better between both but by can cannot could did do does doing
            done each difference different easily easy else even ever every exactly explain fix for from
            get gets getting give given go goes going good got had happen happened happening happens has
            have having he hello help hey hi her here him his how however i if in instead into is it its
            just kind know let like long lot made make makes making many may me mean meaning means might
            mine more most much must my need needed needs no not now of off ok on one only or other our
            ours out over own please possible project quite rather really same say see shall she should
            show simple simply since so some somebody someone something sort still such take tell than
            thank thanks that the their them then there these they thing things this those though through
            to too understand up us very via want wants was way ways we well were what whatever when where
            whether which while who whom whose why will with without would yes yet you your yours don't
            doesn't didn't can't isn't i'm i've i'd it's that's what's how's there's won't daveloper
            """.strip().split("\\s+"));

    /** Words that mean nearly the same in this field; each stands for all of its row. */
    private static final List<List<String>> SYNONYMS = List.of(
            List.of("stop", "cancel", "abort"),
            List.of("delete", "remove", "clear", "forget", "erase"),
            List.of("configure", "configuration", "setting", "settings", "option", "options"),
            List.of("crash", "killed", "dies", "die"),
            List.of("down", "unavailable", "unreachable", "away"),
            List.of("resume", "reconnect", "reload", "refresh"),
            List.of("disconnect", "disconnected", "drop", "dropped", "lost", "cut"),
            List.of("limit", "limits", "bound", "maximum", "max"),
            List.of("error", "errors", "failure", "failures", "fails"),
            List.of("install", "start", "run", "launch", "try"),
            List.of("websocket", "websockets", "ws"),
            List.of("sse", "server-sent"),
            List.of("llm", "model"),
            List.of("java", "jdk", "jvm"),
            List.of("kubernetes", "k8s"),
            List.of("docs", "documentation"),
            List.of("key", "secret", "credential", "password"),
            List.of("connect", "attach", "plug", "integrate"));

    private static final Map<String, Set<String>> SYNONYMS_OF = synonymsByTerm();

    /**
     * One thing asked about.
     *
     * @param whole the word's term
     * @param parts the terms of its parts; empty when it has none
     * @param synonyms terms that count nearly as much as the word itself
     * @param weight 1 for a word of the question itself
     */
    record Concept(String whole, Set<String> parts, Set<String> synonyms, float weight) {
        private static final float SYNONYM_MATCH = 0.7f;
        private static final float PARTS_MATCH = 0.8f;
        private static final int FORM_CHARS = 5;
        private static final int ENDING_CHARS = 2;

        /** How much of it these terms have, from 0 to 1. */
        float matchIn(Set<String> terms) {
            if (terms.contains(whole)) {
                return 1;
            }
            if (synonyms.stream().anyMatch(terms::contains)) {
                return SYNONYM_MATCH;
            }
            long found = parts.stream().filter(terms::contains).count();
            return found == 0 ? 0 : PARTS_MATCH * found / parts.size();
        }

        private Concept withForms(Set<String> terms) {
            Set<String> all = new LinkedHashSet<>(synonyms);
            terms.stream().filter(this::isForm).forEach(all::add);
            return all.size() == synonyms.size() ? this : new Concept(whole, parts, all, weight);
        }

        /** Whether a term begins as this word does and differs at its end only, as inflected words do. */
        private boolean isForm(String term) {
            int shorter = Math.min(whole.length(), term.length());
            int same = 0;
            while (same < shorter && whole.charAt(same) == term.charAt(same)) {
                same++;
            }
            return same >= Math.max(FORM_CHARS, shorter - ENDING_CHARS)
                    && whole.chars().allMatch(Character::isLetter);
        }

        private Concept weighing(float other) {
            return new Concept(whole, parts, synonyms, other);
        }
    }

    /** Verbs that the documents write as one word. */
    private static final Pattern PHRASAL =
            Pattern.compile("(?i)\\b(back|set|shut|log|sign|roll|start|clean)(?:ing)? (up|down|in|out|back)\\b");

    static Question of(String text) {
        return of(text, word -> false);
    }

    /** @param filler tells further words, in lower case, that say nothing of what is asked */
    static Question of(String text, Predicate<String> filler) {
        List<Concept> concepts = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (String word : Words.split(PHRASAL.matcher(text).replaceAll("$1$2"))) {
            String plain = word.toLowerCase(Locale.ROOT).replace('’', '\'');
            if (concepts.size() < MAX_CONCEPTS && !isEnglishFiller(plain) && !filler.test(plain) && seen.add(plain)) {
                addConcept(concepts, word);
            }
        }
        return new Question(List.copyOf(concepts));
    }

    /** This question with what was asked before, which counts for less. */
    Question after(Question earlier) {
        List<Concept> all = new ArrayList<>(concepts);
        for (Concept concept : earlier.concepts) {
            if (all.size() < MAX_CONCEPTS && all.stream().noneMatch(c -> c.whole.equals(concept.whole))) {
                all.add(concept.weighing(CONTEXT_WEIGHT));
            }
        }
        return new Question(List.copyOf(all));
    }

    /** This question where forms of its words count as well, in languages whose endings are not known here. */
    Question withForms(Set<String> terms) {
        return new Question(
                concepts.stream().map(concept -> concept.withForms(terms)).toList());
    }

    static boolean isEnglishFiller(String word) {
        return STOP_WORDS.contains(word);
    }

    boolean isEmpty() {
        return concepts.isEmpty();
    }

    private static void addConcept(List<Concept> concepts, String word) {
        List<String> terms = List.copyOf(Words.termsOf(word));
        if (terms.isEmpty() || concepts.stream().anyMatch(c -> c.whole().equals(terms.getFirst()))) {
            return;
        }
        String whole = terms.getFirst();
        Set<String> parts = new LinkedHashSet<>(terms.subList(1, terms.size()));
        concepts.add(new Concept(whole, parts, SYNONYMS_OF.getOrDefault(whole, Set.of()), 1));
    }

    private static Map<String, Set<String>> synonymsByTerm() {
        Map<String, Set<String>> byTerm = new HashMap<>();
        for (List<String> row : SYNONYMS) {
            Set<String> terms = new LinkedHashSet<>();
            row.forEach(word -> terms.addAll(Words.termsOf(word)));
            for (String term : terms) {
                Set<String> others = new LinkedHashSet<>(terms);
                others.remove(term);
                byTerm.merge(term, others, (a, b) -> {
                    Set<String> both = new LinkedHashSet<>(a);
                    both.addAll(b);
                    return both;
                });
            }
        }
        return Map.copyOf(byTerm);
    }
}
