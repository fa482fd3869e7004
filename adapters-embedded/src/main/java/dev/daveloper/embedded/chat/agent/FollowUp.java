package dev.daveloper.embedded.chat.agent;

import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.embedded.documents.Lookup;
import dev.daveloper.embedded.documents.Match;
import dev.daveloper.embedded.documents.PassageIndex;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds passages for a question, with what was asked before it where the question leans on that. */
record FollowUp(Lookup lookup, List<Message> history) {
    private static final int FEW_KEYWORDS = 1;

    /** How many of the earlier questions are tried, the latest first. */
    private static final int MAX_EARLIER = 8;

    /** How people go on with what they spoke of. */
    private static final Pattern GOES_ON = Pattern.compile(
            "(?is)^\\s*(?:and|but|so|then|also|or|why|what about|how about|what if|more|tell me more|go on)\\b.*");

    private static final Pattern POINTS_BACK = Pattern.compile(
            "(?is).*\\b(?:it|its|that|this|these|those|they|them|there|one|ones|same|instead|else)\\b.*");

    /** Passages, best first; empty when nothing fits. */
    List<Match> search(String question, int limit) throws InterruptedException {
        boolean goesOn = GOES_ON.matcher(question).matches();
        boolean pointsBack = POINTS_BACK.matcher(question).matches();
        int keywords = PassageIndex.keywords(question);
        if (goesOn || (pointsBack && keywords <= FEW_KEYWORDS)) {
            List<Match> together = afterEarlier(question, limit);
            return together.isEmpty() ? lookup.search(question, limit) : together;
        }
        List<Match> alone = lookup.search(question, limit);
        return alone.isEmpty() && (pointsBack || keywords == 0) ? afterEarlier(question, limit) : alone;
    }

    private List<Match> afterEarlier(String question, int limit) throws InterruptedException {
        Optional<String> before = earlier();
        return before.isPresent() ? lookup.search(question, before.get(), limit) : List.of();
    }

    private Optional<String> earlier() throws InterruptedException {
        int tried = 0;
        for (Message message : history.reversed()) {
            if (message instanceof UserMessage asked && tried++ < MAX_EARLIER) {
                if (!lookup.search(asked.text(), 1).isEmpty()) {
                    return Optional.of(asked.text());
                }
            }
        }
        return Optional.empty();
    }
}
