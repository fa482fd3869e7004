package dev.daveloper.embedded.chat.agent;

import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.embedded.documents.Match;
import dev.daveloper.embedded.documents.PassageIndex;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds passages for a question, with what was asked before it where the question leans on that. */
record FollowUp(PassageIndex index, List<Message> history) {
    private static final int FEW_WORDS = 3;

    /** How people go on with what they spoke of. */
    private static final Pattern LEANS = Pattern.compile(
            "(?is)^\\s*(?:and|but|so|then|also|or|why|what about|how about|what if|more|tell me more|go on)\\b.*"
                    + "|.*\\b(?:it|its|that|this|these|those|they|them|there|one|ones|same|instead|else)\\b.*");

    /** Passages, best first; empty when nothing fits. */
    List<Match> search(String question, int limit) {
        List<Match> alone = index.search(question, limit);
        if (!alone.isEmpty() || !leansOnEarlier(question)) {
            return alone;
        }
        return earlier().map(before -> index.search(question, before, limit)).orElse(alone);
    }

    private static boolean leansOnEarlier(String question) {
        return LEANS.matcher(question).matches() || Speech.wordsIn(question) <= FEW_WORDS;
    }

    private Optional<String> earlier() {
        for (Message message : history.reversed()) {
            if (message instanceof UserMessage asked && !index.search(asked.text(), 1).isEmpty()) {
                return Optional.of(asked.text());
            }
        }
        return Optional.empty();
    }
}
