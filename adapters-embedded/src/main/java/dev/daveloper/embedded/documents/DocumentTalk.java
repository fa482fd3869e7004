package dev.daveloper.embedded.documents;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How people speak of documents that they have handed over, in several languages. */
final class DocumentTalk {
    private static final String NOUN = "documents?|docs?|files?|pdfs?|attachments?|uploads?|papers?|reports?"
            + "|dokumente?n?s?|datei(?:en)?|unterlagen?|fichiers?|documentos?|archivos?|ficheros?|arquivos?|documenti?"
            + "|bestand(?:en)?|dokument(?:et|er)?|документ\\p{L}*|файл\\p{L}*";
    private static final String OWN = "my|our|this|that|the|these|those|uploaded|attached|mein\\p{L}*|unser\\p{L}*"
            + "|dies\\p{L}*|das|dem|des|die|der|den|mon|ma|mes|notre|nos|ce|cet|cette|ces|le|la|les|du"
            + "|mis?|nuestr\\p{L}*|este|estos|el|los|del|mio|miei|questo|il|i|meu|meus|o|os|mijn|dit|het|de|mitt|min"
            + "|мо\\p{L}+|этот|эт\\p{L}+";

    /** A summary is asked for, of what is there. */
    private static final String SUMMARY = "summar(?:y|i[sz]e[ds]?|i[sz]ing)|tl;?dr|overview|gist|takeaways?"
            + "|(?:main|key) (?:points?|ideas?)|zusammenfass\\p{L}*|fasse?|zusammen|überblick"
            + "|résum\\p{L}*|resum\\p{L}*|riassu\\p{L}*|sintesi|samenvatt\\p{L}*|sammanfatt\\p{L}*";

    /** What documents do. */
    private static final String SAYS = "contains?|contents?|says?|said|states?|according|mentions?|tells?|describes?"
            + "|steht|sagt|inhalt|laut|enthält|dit|contient|contenu|parle|selon|dice|contiene|contenido|según";

    /** Scripts that are written without spaces have no ends of words to look for. */
    private static final String UNSPACED_NOUN = "文書|書類|資料|ドキュメント|ファイル|文件|文档|文檔|档案|檔案";

    private static final String UNSPACED_SUMMARY = "要約|まとめ|概要|总结|總結|摘要|概括|内容|內容";

    /** What is said around them and is no word of its own there. */
    private static final String UNSPACED_FILLERS = "这个|这份|这篇|那个|我的|这|请|帮我|一下|有什么|是什么|什么|這個|這份|請|幫我";

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final Pattern POINTS =
            Pattern.compile(words("(?:" + OWN + ")\\s+(?:\\p{L}+\\s+)?(?:" + NOUN + ")") + "|" + UNSPACED_NOUN, FLAGS);
    private static final Pattern ASKS_SUMMARY = Pattern.compile(words(SUMMARY) + "|" + UNSPACED_SUMMARY, FLAGS);
    private static final Pattern FRAME = Pattern.compile(
            words(NOUN + "|" + SUMMARY + "|" + SAYS) + "|" + UNSPACED_NOUN + "|" + UNSPACED_SUMMARY + "|"
                    + UNSPACED_FILLERS,
            FLAGS);

    /** The gateway itself is what the bundled documentation is about. */
    private static final Pattern GATEWAY = Pattern.compile(words("daveloper|gateway"), FLAGS);

    private DocumentTalk() {}

    /** Whether somebody speaks of a document that is there, or wants a summary. */
    static boolean pointsAtDocuments(String question) {
        return POINTS.matcher(question).find() || ASKS_SUMMARY.matcher(question).find();
    }

    static boolean speaksOfGateway(String question) {
        return GATEWAY.matcher(question).find();
    }

    /** What is left of such a question when the talk about documents is taken out of it. */
    static String withoutFrame(String question) {
        return FRAME.matcher(question).replaceAll(" ");
    }

    /** The longest of these names that the question has in it, with its extension and in upper or lower case. */
    static Optional<String> named(String question, Collection<String> names) {
        String plain = question.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> name.indexOf('.') > 0)
                .filter(name -> plain.contains(name.toLowerCase(Locale.ROOT)))
                .max(Comparator.comparingInt(String::length));
    }

    /** The question without this name. */
    static String without(String name, String question) {
        return Pattern.compile(Pattern.quote(name), FLAGS).matcher(question).replaceAll(" ");
    }

    private static String words(String alternatives) {
        return "(?<![\\p{L}\\p{N}])(?:" + alternatives + ")(?![\\p{L}\\p{N}])";
    }
}
