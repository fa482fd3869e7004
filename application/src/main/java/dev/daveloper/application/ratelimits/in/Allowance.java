package dev.daveloper.application.ratelimits.in;

import dev.daveloper.domain.chat.RunRef;

/**
 * What one answer may use up. Given along when a run is started; from then on it is the run's, which calls it from one
 * thread at a time and settles it whatever happens.
 */
public interface Allowance {
    /** Without bounds. */
    Allowance UNLIMITED = new Allowance() {
        @Override
        public void begin(RunRef run) {}

        @Override
        public boolean covers(long tokens) {
            return true;
        }

        @Override
        public void settle(long tokens) {}

        @Override
        public void abandon() {}
    };

    /** Names the run that was begun: should this node go away, another one settles it under this name. */
    void begin(RunRef run);

    /**
     * Whether the run may have used this many tokens in all, and so go on. Takes more of the budgets where need be, and
     * then blocks for as long as the limiter does; where nothing more was used it costs nothing.
     */
    boolean covers(long tokens);

    /** Gives back what was not used, and frees what was held while the answer was made. Only the first call counts. */
    void settle(long tokens);

    /**
     * Frees what was held while the answer was made, and leaves the settling to whoever ends the run. Does nothing once
     * settled.
     */
    void abandon();
}
