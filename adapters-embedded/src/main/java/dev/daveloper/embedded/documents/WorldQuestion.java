package dev.daveloper.embedded.documents;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Questions in any language, about documents in any language: without the words that every text of the question's
 * language has, and cut into the same terms as the documents where a script has no spaces between its words.
 */
final class WorldQuestion {
    /** What {@link Words} does not know how to take apart: all but the alphabets of Europe. */
    private static final Pattern COMPLEX =
            Pattern.compile("[\\p{L}&&[^\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}]][[\\p{L}\\p{M}]&&[^\\p{IsLatin}]]*");

    /** In Japanese, what is written like this alone holds a sentence together and says little of what it is about. */
    private static final Pattern HIRAGANA = Pattern.compile("\\p{IsHiragana}+");

    /** What asks for a measure is not found beside the measure. */
    private static final Pattern HOW_MUCH = Pattern.compile(
            "(?i)\\bhow (?:high|tall|long|big|large|wide|deep|old|far|often|early|late|soon|expensive|many|much)\\b");

    private static final float HIRAGANA_WEIGHT = 0.2f;

    private WorldQuestion() {}

    /** @param whole the question before anything was taken out of it, by which its language is known */
    static Question of(String text, String whole) {
        String composed = HOW_MUCH.matcher(normalized(text)).replaceAll(" ");
        StringBuilder alphabetic = new StringBuilder();
        List<Question.Concept> concepts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Matcher complex = COMPLEX.matcher(composed);
        while (complex.find()) {
            complex.appendReplacement(alphabetic, " ");
            for (String term : WorldWords.termsOf(complex.group())) {
                if (seen.add(term)) {
                    float weight = HIRAGANA.matcher(term).matches() ? HIRAGANA_WEIGHT : 1;
                    concepts.add(new Question.Concept(term, Set.of(), Set.of(), weight));
                }
            }
        }
        complex.appendTail(alphabetic);
        Question words = Question.of(Language.withoutElisions(alphabetic.toString()), Language.fillersOf(whole));
        concepts.addAll(words.concepts());
        return new Question(concepts.stream().limit(Question.MAX_CONCEPTS).toList());
    }

    /**
     * The question without words that say nothing of what it is about, to be searched for: a search that weighs rare
     * words would take those for the rarest where there are few documents. All of it when nothing would be left.
     */
    static String essence(String text) {
        Predicate<String> filler = Language.fillersOf(text);
        String essence = Arrays.stream(text.split("\\s+", -1))
                .filter(word -> {
                    String plain =
                            TrimFilter.trim(word).toLowerCase(Locale.ROOT).replace('’', '\'');
                    return !Question.isEnglishFiller(plain) && !filler.test(plain);
                })
                .collect(Collectors.joining(" "));
        return essence.isBlank() ? text : essence;
    }

    /** A text's terms, as those of questions are made. */
    static Set<String> termsOf(String text) {
        Set<String> terms = Words.termsOf(normalized(text));
        if (COMPLEX.matcher(text).find()) {
            terms.addAll(WorldWords.termsOf(text));
        }
        return terms;
    }

    /** Whether most of a question is cut without regard to its words, so that many of its terms are none. */
    static boolean isCutBlindly(Question question) {
        long complex = question.concepts().stream()
                .filter(concept -> COMPLEX.matcher(concept.whole()).find())
                .count();
        return 2 * complex > question.concepts().size();
    }

    /** Whether nothing is left of a question but what holds a sentence together. */
    static boolean isIdle(Question question) {
        return question.concepts().stream()
                .allMatch(concept -> HIRAGANA.matcher(concept.whole()).matches());
    }

    private static String normalized(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }
}
