package dev.daveloper.embedded.chat.agent;

import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Citation;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes a model's text on and cites a passage when its number first appears in it, also across deltas. */
final class CitedText {
    private static final int LONGEST_MARKER_CHARS = 4;

    /** Not what stands behind a name, as an index into an array does. */
    private static final Pattern MARKER = Pattern.compile("(?<![\\w`])\\[(\\d{1,2})]");

    private final Sink sink;
    private final Evidence evidence;
    private final Set<Integer> cited = new HashSet<>();
    private String tail = "";

    CitedText(Sink sink, Evidence evidence) {
        this.sink = sink;
        this.evidence = evidence;
    }

    void emit(String delta) throws InterruptedException {
        String window = tail + delta;
        Matcher marker = MARKER.matcher(window);
        while (marker.find()) {
            int number = Integer.parseInt(marker.group(1));
            Optional<Citation> citation = evidence.citation(number);
            if (citation.isPresent() && cited.add(number)) {
                sink.emit(new AgentEvent.CitationAdded(citation.get()));
            }
        }
        sink.emit(new AgentEvent.TextDelta(delta));
        tail = window.substring(Math.max(0, window.length() - LONGEST_MARKER_CHARS));
    }
}
