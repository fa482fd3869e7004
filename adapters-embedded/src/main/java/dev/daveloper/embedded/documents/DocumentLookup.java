package dev.daveloper.embedded.documents;

import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.MediaKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what answers a question in handed-over documents: lets their search find passages, and keeps those that cover
 * enough of the question to be an answer. For one thread.
 */
final class DocumentLookup {
    private static final int CANDIDATES = 20;

    /** What a passage has to cover of a question to be an answer to it. */
    private static final float FLOOR = 0.5f;

    /** Many terms of a question that is cut without regard to its words are words to nobody. */
    private static final float BLIND_FLOOR = 0.25f;

    /** What a passage has to fit compared with the best one to be worth reading as well. */
    private static final float NEAR_BEST = 0.6f;

    /** What the search's first passage gains by being the first; later ones gain less. */
    private static final float FIRST_BONUS = 0.5f;

    /** A part of a document whose heading is the question was written to answer it. */
    private static final float HEADING_BONUS = 0.2f;

    private static final Pattern FILE = Pattern.compile(Stream.of(MediaKind.values())
            .flatMap(kind -> kind.extensions().stream())
            .collect(Collectors.joining("|", "(?i)[^\\s.]\\.(?:", ")(?![\\p{L}\\p{N}])")));

    private final PassageIndex library;
    private final BoundedSearch search;
    private boolean sawAny;

    DocumentLookup(PassageIndex library, BoundedSearch search) {
        this.library = library;
        this.search = search;
    }

    /**
     * What documents answer.
     *
     * @param matches best first
     * @param pointed whether the question was about a document, so that nothing else can answer it as well
     * @param fits how well any passage answers the question; higher is better
     */
    record Answers(List<Match> matches, boolean pointed, ToDoubleFunction<Match> fits) {
        static final Answers NONE = new Answers(List.of(), false, match -> 0);

        float fit(Match match) {
            return (float) fits.applyAsDouble(match);
        }
    }

    boolean missed() {
        return search.failed();
    }

    boolean hasAny() throws InterruptedException {
        return sawAny || !search.openings().isEmpty();
    }

    /** @param earlier the question before, without which this one cannot be understood; empty when it can */
    Answers search(String question, String earlier) throws InterruptedException {
        if (Words.split(question).isEmpty()) {
            return Answers.NONE;
        }
        List<FoundPassage> found = search.ask(WorldQuestion.essence((question + "\n" + earlier).strip()), CANDIDATES);
        sawAny |= !found.isEmpty();
        Optional<String> name = named(question, found);
        boolean points = name.isPresent() || DocumentTalk.pointsAtDocuments(question);
        if (!points && found.isEmpty()) {
            return Answers.NONE;
        }
        Question asked = question(question, name, points);
        if (WorldQuestion.isIdle(asked) && points) {
            return openings(name, found);
        }
        Question whole = earlier.isEmpty() ? asked : asked.after(question(earlier, Optional.empty(), false));
        Predicate<FoundPassage> wanted = name.<Predicate<FoundPassage>>map(it -> passage -> isOf(passage, it))
                .orElse(passage -> true);
        return answers(whole, found.stream().filter(wanted).toList(), points);
    }

    /** The name of a document that the question names, also where its passages do not speak of the rest of it. */
    private Optional<String> named(String question, List<FoundPassage> found) throws InterruptedException {
        Optional<String> name = DocumentTalk.named(question, namesOf(found));
        if (name.isPresent() || !FILE.matcher(question).find()) {
            return name;
        }
        return DocumentTalk.named(question, namesOf(search.ask("", PassageSearch.MAX_RESULTS)));
    }

    private static Question question(String text, Optional<String> name, boolean points) {
        String nameless = name.map(it -> DocumentTalk.without(it, text)).orElse(text);
        String about = points ? DocumentTalk.withoutFrame(nameless) : nameless;
        return WorldQuestion.of(about, text);
    }

    /** How the document begins; where none is named, the latest one of the person's own. */
    private Answers openings(Optional<String> name, List<FoundPassage> found) throws InterruptedException {
        List<FoundPassage> beginnings =
                name.isPresent() ? search.ask("", PassageSearch.MAX_RESULTS) : search.openings();
        sawAny |= !beginnings.isEmpty();
        List<FoundPassage> all =
                Stream.concat(beginnings.stream(), found.stream()).toList();
        Optional<FoundPassage> first = all.stream()
                .filter(passage -> name.isEmpty() || isOf(passage, name.get()))
                .findFirst();
        if (first.isEmpty()) {
            return Answers.NONE;
        }
        Set<Integer> seen = new HashSet<>();
        List<Match> matches = all.stream()
                .filter(passage -> passage.documentId().equals(first.get().documentId()))
                .filter(passage -> seen.add(passage.ordinal()))
                .sorted(Comparator.comparingInt(FoundPassage::ordinal))
                .map(FoundText::opening)
                .toList();
        return new Answers(matches, true, match -> match.passage().origin() instanceof Origin.HandedOver ? 1 : 0);
    }

    private Answers answers(Question question, List<FoundPassage> found, boolean points) {
        List<Passage> passages = found.stream().map(FoundText::passage).toList();
        List<Set<String>> terms = passages.stream()
                .map(passage -> passage.termsBy(WorldQuestion::termsOf))
                .toList();
        Set<String> all = terms.stream().flatMap(Set::stream).collect(Collectors.toSet());
        Relevance relevance = library.relevance(question.withForms(all), among(terms), WorldQuestion::termsOf);
        float floor = WorldQuestion.isCutBlindly(question) ? BLIND_FLOOR : FLOOR;
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            float coverage = relevance.coverageOf(terms.get(i));
            if (coverage >= floor) {
                Passage passage = passages.get(i);
                Match match = new Match(passage, 0, coverage, ExcerptSelection.of(relevance, passage));
                float score = fit(relevance, match) * (1 + FIRST_BONUS / (1 + i));
                matches.add(new Match(passage, score, coverage, match.excerpts()));
            }
        }
        matches.sort(Comparator.comparingDouble(Match::score).reversed());
        float near = matches.isEmpty() ? 0 : matches.getFirst().score() * NEAR_BEST;
        List<Match> kept =
                matches.stream().filter(match -> match.score() >= near).toList();
        return new Answers(kept, points, match -> fit(relevance, match));
    }

    /** How well a passage answers: what it covers altogether, where it is quoted, and by its headings. */
    private static float fit(Relevance relevance, Match match) {
        Passage passage = match.passage();
        Set<String> quoted = new HashSet<>(relevance.termsOf(passage.headingText()));
        match.excerpts()
                .forEach(excerpt ->
                        excerpt.units().forEach(unit -> quoted.addAll(relevance.termsOf(unit.searchText()))));
        float altogether = relevance.coverageOf(passage.termsBy(relevance.words()));
        float heading = relevance.coverageOf(relevance.termsOf(passage.headingText()));
        return (altogether + relevance.coverageOf(quoted)) / 2 + HEADING_BONUS * heading;
    }

    private static Relevance.Frequencies among(List<Set<String>> passages) {
        return new Relevance.Frequencies() {
            @Override
            public int passages() {
                return passages.size();
            }

            @Override
            public int with(String term) {
                return (int)
                        passages.stream().filter(terms -> terms.contains(term)).count();
            }
        };
    }

    private static Set<String> namesOf(List<FoundPassage> found) {
        return found.stream().map(FoundPassage::documentName).collect(Collectors.toSet());
    }

    private static boolean isOf(FoundPassage passage, String name) {
        return passage.documentName().equals(name);
    }
}
