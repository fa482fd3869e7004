package dev.daveloper.domain.chat;

/**
 * How many tokens an answer has used so far: as the agent reports, and estimated for what it has not reported yet. For
 * one thread.
 */
public final class TokenMeter {
    /** What a token of English text comes to, as the makers of models say; other languages take more tokens. */
    public static final int CHARS_PER_TOKEN = 4;

    private long reported;
    private long unreportedChars;

    /** @param asked characters that the agent was asked with: the message, and the history that went along */
    public TokenMeter(long asked) {
        this.unreportedChars = asked;
    }

    /** How many tokens so many characters are about, rounded up. */
    public static long estimate(long chars) {
        return Math.ceilDiv(chars, (long) CHARS_PER_TOKEN);
    }

    /** Notes what the agent said; answers whether that used any. */
    public boolean add(AgentEvent event) {
        return switch (event) {
            case AgentEvent.TextDelta delta -> said(delta.text());
            case AgentEvent.ReasoningDelta delta -> said(delta.text());
            case AgentEvent.UsageReported report -> {
                reported = report.usage().inputTokens() + report.usage().outputTokens();
                unreportedChars = 0;
                yield true;
            }
            case AgentEvent.ToolStarted started -> false;
            case AgentEvent.ToolFinished finished -> false;
            case AgentEvent.CitationAdded added -> false;
        };
    }

    public long used() {
        return reported + estimate(unreportedChars);
    }

    private boolean said(String text) {
        unreportedChars += text.length();
        return true;
    }
}
