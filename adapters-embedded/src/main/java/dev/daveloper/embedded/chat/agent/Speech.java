package dev.daveloper.embedded.chat.agent;

import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Citation;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says a text word by word, at a pace, up to a number of words. For one answer and one thread. */
final class Speech {
    private static final Pattern WORD = Pattern.compile("\\s*\\S+\\s*");

    private static final String FENCE = "```";

    private final Sink sink;
    private final Duration pace;
    private final int maxWords;
    private int words;
    private boolean inCode;

    Speech(Sink sink, Duration pace, int maxWords) {
        this.sink = sink;
        this.pace = pace;
        this.maxWords = maxWords;
    }

    /** Says it, or as much of it as may still be said. */
    Speech say(String markdown) throws InterruptedException {
        if (mayGoOn() && markdown.isBlank() && !markdown.isEmpty()) {
            sink.emit(new AgentEvent.TextDelta(markdown));
        }
        Matcher word = WORD.matcher(markdown);
        while (mayGoOn() && word.find()) {
            if (words > 0 && pace.isPositive()) {
                sink.pause(pace);
            }
            sink.emit(new AgentEvent.TextDelta(word.group()));
            words++;
            if (word.group().contains(FENCE)) {
                inCode = !inCode;
            }
        }
        return this;
    }

    /** Ends the text well, also where it had to stop in the middle. */
    void end() throws InterruptedException {
        if (inCode) {
            sink.emit(new AgentEvent.TextDelta("\n" + FENCE));
            inCode = false;
        }
    }

    /** Cites it, by its number in brackets. */
    Speech cite(Citation citation) throws InterruptedException {
        if (mayGoOn()) {
            sink.emit(new AgentEvent.CitationAdded(citation));
            say(" [" + citation.index() + "]");
        }
        return this;
    }

    int words() {
        return words;
    }

    static int wordsIn(String text) {
        return (int) WORD.matcher(text).results().count();
    }

    private boolean mayGoOn() {
        return words < maxWords;
    }
}
