package dev.daveloper.embedded.documents;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/**
 * The words that every text of a language has, which say nothing of what a question is about. English ones are known to
 * {@link Question} already; these are the others, for questions about documents that people bring along.
 *
 * @param words how often it names, who asks and what stands between, in lower case
 * @param asks words that begin a question and that the first list lacks
 */
record Language(CharArraySet words, Set<String> asks) {
    private static final List<Language> OTHERS = List.of(
            of(
                    GermanAnalyzer.getDefaultStopSet(),
                    "wann wer wen wem wessen warum wieso weshalb wofür wozu womit worum"
                            + " wohin woher wieviel viele hoch lange gibt geht darf dürfen bitte pro"),
            of(
                    FrenchAnalyzer.getDefaultStopSet(),
                    "est quand pourquoi comment combien où quoi lequel laquelle peut" + " faut faire plus entre"),
            of(
                    SpanishAnalyzer.getDefaultStopSet(),
                    "cuándo cuando cómo cuánto cuánta cuántos cuántas cuál cuáles" + " dónde por qué quién hay puede"),
            of(
                    ItalianAnalyzer.getDefaultStopSet(),
                    "quando come dove perché quanto quanta quanti quante quale quali" + " chi cosa può"),
            of(
                    PortugueseAnalyzer.getDefaultStopSet(),
                    "quando onde quanto quanta quantos quantas qual quais quem" + " porque pode há"),
            of(DutchAnalyzer.getDefaultStopSet(), "wanneer waarom waar welke hoe hoeveel lang hoog"),
            of(SwedishAnalyzer.getDefaultStopSet(), "hur när varför vem vilken vilket vilka många mycket länge"),
            of(DanishAnalyzer.getDefaultStopSet(), "hvordan hvornår hvorfor hvem hvilken hvilket hvilke mange meget"),
            of(NorwegianAnalyzer.getDefaultStopSet(), "hvordan når hvorfor hvem hvilken hvilket hvilke mange mye"),
            of(FinnishAnalyzer.getDefaultStopSet(), "milloin miksi miten missä kuinka paljon monta"),
            of(CzechAnalyzer.getDefaultStopSet(), "kdy proč jak kde kolik kdo jaký jaká jaké"),
            of(RussianAnalyzer.getDefaultStopSet(), "когда почему сколько где кто какой какая какие каков"),
            of(TurkishAnalyzer.getDefaultStopSet(), "zaman kaç nerede nasıl kim hangi neden"),
            of(HungarianAnalyzer.getDefaultStopSet(), "mikor miért hogyan hol mennyi hány milyen"),
            of(RomanianAnalyzer.getDefaultStopSet(), "când cum unde cât câte care cine"),
            of(GreekAnalyzer.getDefaultStopSet(), "πότε πώς πού γιατί πόσο πόσα ποιος ποια ποιο"));

    /** Articles and pronouns that French and Italian write before a vowel without a space between. */
    private static final Pattern ELISION = Pattern.compile(
            "(?iu)(?<![\\p{L}\\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|dell|all|nell|dall|sull|un)['’](?=\\p{L})");

    private static Language of(CharArraySet words, String asks) {
        return new Language(words, Set.of(asks.split(" ")));
    }

    /** The text with its elided words apart from those they lean on. */
    static String withoutElisions(String text) {
        return ELISION.matcher(text).replaceAll(" ");
    }

    /**
     * Tells which words say nothing in a text: those of the language that most of its words belong to, if that is not
     * English.
     */
    static Predicate<String> fillersOf(String text) {
        List<String> words = Words.split(text).stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        long english = words.stream().filter(Question::isEnglishFiller).count();
        return OTHERS.stream()
                .max(Comparator.comparingLong(language -> language.fillersAmong(words)))
                .filter(language -> language.fillersAmong(words) > english)
                .<Predicate<String>>map(language -> language::isFiller)
                .orElse(word -> false);
    }

    private long fillersAmong(List<String> words) {
        return words.stream().filter(this::isFiller).count();
    }

    private boolean isFiller(String word) {
        return words.contains(word) || asks.contains(word);
    }
}
