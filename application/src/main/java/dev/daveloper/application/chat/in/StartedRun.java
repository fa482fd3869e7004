package dev.daveloper.application.chat.in;

import dev.daveloper.domain.chat.Run;

/**
 * A run that answers the caller's message.
 *
 * @param attached whether it had been started before by the same request
 */
public record StartedRun(Run run, boolean attached) {}
