package dev.daveloper.application.ratelimits.in;

import dev.daveloper.domain.ratelimits.Target;
import dev.daveloper.domain.ratelimits.Unit;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody wants to do.
 *
 * @param targets all that it is: the groups that it belongs to and its endpoint
 * @param session whose it is, proved or about to be proved; empty when the caller has none
 * @param address from where; empty for a call that comes from within
 * @param amount how much of each unit it takes
 */
public record Call(Set<Target> targets, Optional<SessionId> session, Optional<ClientAddress> address, Amount amount) {
    /**
     * How much a call takes beside counting as one. {@link #NO} says that the call is not of the kind that takes any.
     *
     * @param bytes of content that are known to come; 0 when that is not known yet
     * @param tokens that it is known to take of the agent's model
     * @param maxTokens that its answer may take at most
     * @param complexity of a query
     */
    public record Amount(long bytes, long tokens, long maxTokens, long complexity) {
        public static final long NO = -1;
        public static final Amount ONE = new Amount(NO, NO, 0, NO);

        /** What a query weighs. */
        public static Amount ofComplexity(long complexity) {
            return new Amount(NO, NO, 0, complexity);
        }

        public static Amount ofBytes(long bytes) {
            return new Amount(bytes, NO, 0, NO);
        }

        /** Of a message of this many tokens whose answer has at most so many. */
        public static Amount ofTokens(long tokens, long maxTokens) {
            return new Amount(NO, tokens, maxTokens, NO);
        }

        public long of(Unit unit) {
            return switch (unit) {
                case REQUESTS, CONCURRENT_REQUESTS -> 1;
                case CONTENT_BYTES -> bytes;
                case TOKENS -> tokens;
                case COMPLEXITY -> complexity;
            };
        }
    }
}
